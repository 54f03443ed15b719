// Leads from a message to the conversations that it has a part in: it asked in them, shows an answer, or holds the
// picture. Written with the records, and kept because a deleted message tells no more of itself than its id.
import type Keyv from 'keyv';
import { z } from 'zod';
import type { ConversationRecord } from './conversations.ts';
import { KeyedQueue } from './keyed-queue.ts';
import { scenesOf } from './scenes.ts';
import type { Store } from './store.ts';

const idsShape = z.array(z.string());

export class MessageIndex {
  readonly #kept: Keyv<unknown>;
  readonly #queue = new KeyedQueue();

  constructor(store: Store) {
    this.#kept = store.namespace('conversations-of-message');
  }

  /** @throws StoreError */
  async find(messageId: string): Promise<readonly string[]> {
    const parsed = idsShape.safeParse(await this.#kept.get(messageId));
    return parsed.success ? parsed.data : [];
  }

  /** @throws StoreError */
  async add(conversationId: string, messageIds: Iterable<string>): Promise<void> {
    await this.#change(messageIds, (ids) => (ids.includes(conversationId) ? ids : [...ids, conversationId]));
  }

  /** @throws StoreError */
  async remove(conversationId: string, messageIds: Iterable<string>): Promise<void> {
    await this.#change(messageIds, (ids) => ids.filter((id) => id !== conversationId));
  }

  async #change(
    messageIds: Iterable<string>,
    change: (ids: readonly string[]) => readonly string[],
  ): Promise<void> {
    const changeOne = async (messageId: string) => {
      const before = await this.find(messageId);
      const after = change(before);
      if (after.length === 0) await this.#kept.delete(messageId);
      else if (after !== before) await this.#kept.set(messageId, after);
    };
    await Promise.all([...messageIds].map((id) => this.#queue.run(id, () => changeOne(id))));
  }
}

/** Plain loops, as each change of a record goes through all of its turns twice. */
export function messagesIn(record: ConversationRecord | undefined): Set<string> {
  const ids = new Set<string>();
  for (const { image, turns } of scenesOf(record)) {
    ids.add(image.messageId);
    for (const { messageId, answerIds = [] } of turns) {
      if (messageId !== undefined) ids.add(messageId);
      for (const id of answerIds) ids.add(id);
    }
  }
  return ids;
}
