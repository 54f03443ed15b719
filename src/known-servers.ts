// Which servers the bot was in when it was last there, so that those it was added to and removed from meanwhile are
// known. By bot: another one that uses the same store was in others.
import type Keyv from 'keyv';
import { z } from 'zod';
import type { Store } from '../conversation/store.ts';

const shape = z.object({ guildIds: z.array(z.string()) });

export interface ServerChanges {
  readonly joined: readonly string[];
  readonly left: readonly string[];
}

export class KnownServers {
  readonly #kept: Keyv<unknown>;

  constructor(store: Store) {
    this.#kept = store.namespace('known-servers');
  }

  /**
   * Nothing changed where nothing is known yet: a bot that starts for the first time, or for the first time since it
   * remembers this, takes all servers that it finds itself in for known.
   * @throws StoreError
   */
  async changes(botId: string, present: ReadonlySet<string>): Promise<ServerChanges> {
    const parsed = shape.safeParse(await this.#kept.get(botId));
    if (!parsed.success) return { joined: [], left: [] };
    const known = new Set(parsed.data.guildIds);
    return {
      joined: [...present].filter((id) => !known.has(id)),
      left: [...known].filter((id) => !present.has(id)),
    };
  }

  /** @throws StoreError */
  async note(botId: string, present: ReadonlySet<string>): Promise<void> {
    await this.#kept.set(botId, { guildIds: [...present] });
  }
}
