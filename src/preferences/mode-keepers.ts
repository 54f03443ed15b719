// Who decided what happens to pictures, and in which channels they were told that the bot can't do it.
import type Keyv from 'keyv';
import { z } from 'zod';
import type { InForce, Keepers } from '../../commands/preferences.ts';
import { KeyedQueue } from '../../conversation/keyed-queue.ts';
import type { Store } from '../../conversation/store.ts';

const shape = z.object({ personId: z.string(), toldOf: z.array(z.string()) });

export class ModeKeepers implements Keepers {
  readonly #kept: Keyv<unknown>;
  readonly #queue = new KeyedQueue();

  constructor(store: Store) {
    this.#kept = store.namespace('mode-keepers');
  }

  async note(guildId: string, channelId: string | undefined, personId: string): Promise<void> {
    await this.#kept.set(keyOf(guildId, channelId), { personId, toldOf: [] });
  }

  async toTell(
    guildId: string,
    from: InForce<unknown>['from'],
    channelId: string,
  ): Promise<string | undefined> {
    const key = keyOf(guildId, typeof from === 'object' ? from.channelId : undefined);
    // Pictures that are posted at once ask at once.
    return this.#queue.run(key, async () => {
      const parsed = shape.safeParse(await this.#kept.get(key));
      if (!parsed.success || parsed.data.toldOf.includes(channelId)) return undefined;
      const { personId, toldOf } = parsed.data;
      await this.#kept.set(key, { personId, toldOf: [...toldOf, channelId] });
      return personId;
    });
  }
}

function keyOf(guildId: string, channelId = 'server'): string {
  return `${guildId}:${channelId}`;
}
