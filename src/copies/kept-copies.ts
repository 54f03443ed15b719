// Which messages of the bot's hold copies of which pictures, kept across restarts.
import type Keyv from 'keyv';
import { z } from 'zod';
import type { Copy } from '../../commands/copies.ts';
import { KeyedQueue } from '../../conversation/keyed-queue.ts';
import type { Store } from '../../conversation/store.ts';

const shape = z.array(
  z.object({
    channelId: z.string(),
    messageId: z.string(),
    originalId: z.string(),
    attachmentIds: z.array(z.string()),
    authorId: z.string().exactOptional(),
    guildId: z.string().exactOptional(),
  }),
);

export class KeptCopies {
  /** By original. */
  readonly #kept: Keyv<unknown>;
  readonly #queue = new KeyedQueue();

  constructor(store: Store) {
    this.#kept = store.namespace('copies');
  }

  /** @throws StoreError */
  async of(originalId: string): Promise<readonly Copy[]> {
    return copiesIn(await this.#kept.get(originalId));
  }

  /** @throws StoreError */
  async all(): Promise<readonly Copy[]> {
    const all: Copy[] = [];
    for await (const [, value] of this.#kept.iterator?.(undefined) ?? []) all.push(...copiesIn(value));
    return all;
  }

  /** @throws StoreError */
  async add(copy: Copy): Promise<void> {
    await this.#change(copy.originalId, (copies) => [...copies, copy]);
  }

  /** @throws StoreError */
  async remove({ originalId, messageId }: Copy): Promise<void> {
    await this.#change(originalId, (copies) => copies.filter((other) => other.messageId !== messageId));
  }

  async #change(originalId: string, change: (copies: readonly Copy[]) => readonly Copy[]): Promise<void> {
    await this.#queue.run(originalId, async () => {
      const left = change(await this.of(originalId));
      await (left.length > 0 ? this.#kept.set(originalId, left) : this.#kept.delete(originalId));
    });
  }
}

/** None where the record is damaged. */
function copiesIn(value: unknown): readonly Copy[] {
  const parsed = shape.safeParse(value);
  return parsed.success ? parsed.data : [];
}
