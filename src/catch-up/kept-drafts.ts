// Which messages show the draft of an answer, kept across restarts: a bot that was cut off clears them however long ago
// that was. What Discord tells of them says when they are drafts no longer.
import { type Client, Events, type Message, type PartialMessage } from 'discord.js';
import type Keyv from 'keyv';
import { z } from 'zod';
import { isDraft } from '../../commands/draft-text.ts';
import type { KeptDraft, NoteDraft } from '../../commands/drafts.ts';
import { orLogged } from '../../conversation/or-logged.ts';
import type { Store } from '../../conversation/store.ts';
import type { Logger } from '../../models/logger.ts';
import type { InFlight } from '../in-flight.ts';

const shape = z.object({
  channelId: z.string(),
  messageId: z.string(),
  sourceId: z.string(),
  replaces: z.object({ content: z.string(), components: z.array(z.unknown()) }).exactOptional(),
});

/** A store that fails is logged, and costs nobody an answer. */
export class KeptDrafts implements NoteDraft {
  readonly #kept: Keyv<unknown>;
  readonly #log: Logger;
  /** So that the store is asked about no other message. */
  readonly #ids = new Set<string>();

  constructor(store: Store, log: Logger) {
    this.#kept = store.namespace('drafts');
    this.#log = log;
  }

  async note(draft: KeptDraft): Promise<void> {
    this.#ids.add(draft.messageId);
    await orLogged(() => this.#kept.set(draft.messageId, draft), this.#log);
  }

  async forget(messageId: string): Promise<void> {
    if (this.#ids.delete(messageId)) await orLogged(() => this.#kept.delete(messageId), this.#log);
  }

  /** Also those of processes before this one. */
  async all(): Promise<readonly KeptDraft[]> {
    const all: KeptDraft[] = [];
    await orLogged(async () => {
      for await (const [id, value] of this.#kept.iterator?.(undefined) ?? []) {
        this.#ids.add(String(id));
        const parsed = shape.safeParse(value);
        if (parsed.success) all.push(parsed.data);
      }
    }, this.#log);
    return all;
  }

  /** Forgets those that became answers, or were deleted. */
  follow(client: Client, inFlight: InFlight): void {
    const isOver = (message: Message | PartialMessage) => !message.partial && !isDraft(message as Message);
    client.on(Events.MessageUpdate, (_, message) => {
      if (isOver(message)) inFlight.add(this.forget(message.id));
    });
    client.on(Events.MessageDelete, ({ id }) => inFlight.add(this.forget(id)));
    client.on(Events.MessageBulkDelete, (messages) => {
      for (const id of messages.keys()) inFlight.add(this.forget(id));
    });
  }
}
