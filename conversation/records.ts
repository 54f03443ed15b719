// The records of conversations as the store has them. One that doesn't parse is kept aside: nothing is built on it, and
// nothing of it is lost.
import type Keyv from 'keyv';
import { z } from 'zod';
import type { Logger } from '../models/logger.ts';
import type { ConversationRecord } from './conversations.ts';
import { MessageIndex, messagesIn } from './message-index.ts';
import type { Store } from './store.ts';

const sceneShape = z.object({
  image: z.object({
    channelId: z.string(),
    messageId: z.string(),
    attachmentId: z.string(),
    authorId: z.string().exactOptional(),
    guildId: z.string().exactOptional(),
  }),
  imageHash: z.string().exactOptional(),
  turns: z.array(
    z.object({
      question: z.string(),
      answer: z.string(),
      askedBy: z.string(),
      messageId: z.string().exactOptional(),
      answerIds: z.array(z.string()).exactOptional(),
      at: z.string(),
    }),
  ),
  forgottenTurns: z.int().nonnegative().exactOptional(),
  droppedTurns: z.int().nonnegative().exactOptional(),
});
const recordShape = sceneShape.extend({
  earlier: z.array(sceneShape).exactOptional(),
}) satisfies z.ZodType<ConversationRecord>;

export class ConversationRecords {
  readonly #kept: Keyv<unknown>;
  readonly #aside: Keyv<unknown>;
  readonly #log: Logger;
  readonly index: MessageIndex;

  constructor(store: Store, log: Logger) {
    this.#kept = store.namespace('conversations');
    this.#aside = store.namespace('unreadable-conversations');
    this.index = new MessageIndex(store);
    this.#log = log;
  }

  /** @throws StoreError */
  async get(conversationId: string): Promise<ConversationRecord | undefined> {
    const value = await this.#kept.get(conversationId);
    if (value === undefined) return undefined;
    const parsed = recordShape.safeParse(value);
    if (parsed.success) return parsed.data;
    await this.#setAside(conversationId, value, z.prettifyError(parsed.error));
    return undefined;
  }

  /**
   * With its messages in the index, in one moment.
   * @param before the record in whose place it comes
   * @throws StoreError
   */
  async set(conversationId: string, record: ConversationRecord, before?: ConversationRecord): Promise<void> {
    const [old, present] = [messagesIn(before), messagesIn(record)];
    await Promise.all([
      this.index.add(conversationId, notIn(old, present)),
      this.#kept.set(conversationId, record),
      this.index.remove(conversationId, notIn(present, old)),
    ]);
  }

  /** Those that parse. @throws StoreError */
  async *all(): AsyncGenerator<readonly [conversationId: string, record: ConversationRecord]> {
    for await (const [conversationId, value] of this.#kept.iterator?.(undefined) ?? []) {
      const parsed = recordShape.safeParse(value);
      if (parsed.success) yield [conversationId, parsed.data];
    }
  }

  /** @throws StoreError */
  async delete(conversationId: string, before?: ConversationRecord): Promise<void> {
    await Promise.all([
      this.#kept.delete(conversationId),
      this.index.remove(conversationId, messagesIn(before)),
    ]);
  }

  /** Of those set aside, the ones that have one of these words in their name or text. @throws StoreError */
  async deleteAside(words: readonly string[]): Promise<void> {
    for await (const [conversationId, value] of this.#aside.iterator?.(undefined) ?? []) {
      const text = `${conversationId} ${JSON.stringify(value)}`;
      if (words.some((word) => text.includes(word))) await this.#aside.delete(conversationId);
    }
  }

  async #setAside(conversationId: string, value: unknown, problem: string): Promise<void> {
    await this.#aside.set(conversationId, value);
    await this.#kept.delete(conversationId);
    this.#log.warn(
      { conversationId, problem },
      'What was kept of a conversation is damaged or of another version, so it begins anew. ' +
        'The record is kept aside in the store, under unreadable-conversations.',
    );
  }
}

function notIn(others: ReadonlySet<string>, ids: ReadonlySet<string>): string[] {
  return [...ids].filter((id) => !others.has(id));
}
