// Messages on their way to the server: in each channel one after the other, and kept when they fail.
import type { APIMessage } from 'discord.js';
import { withAnswered } from './apply-event.ts';
import { type Client, RequestError } from './client.ts';
import { messageTypes } from './discord-values.ts';
import type { Draft } from './drafts.ts';
import type { Pending } from './model.ts';
import type { ModelHolder } from './model-holder.ts';

export class Outbox {
  readonly #holder: ModelHolder;
  readonly #client: Client;
  /** By channel: when the last message of it has been taken or refused. */
  readonly #last = new Map<string, Promise<void>>();

  constructor(holder: ModelHolder, client: Client) {
    this.#holder = holder;
    this.#client = client;
  }

  /** @param content the draft's text as Discord takes it */
  send(channelId: string, content: string, draft: Draft): Promise<void> {
    const author = this.#holder.model.state?.me;
    if (!author) return Promise.resolve();
    const key = this.#holder.newKey();
    const sentAt = new Date();
    const nonce = `${sentAt.getTime()}.${key}`;
    const pending = { key, nonce, channelId, author, content, draft, sentAt: sentAt.toISOString() };
    this.#holder.set({ pending: [...this.#holder.model.pending, pending] });
    return this.#queue(pending);
  }

  /** Sends a failed message once more. Its nonce keeps the server from taking it twice. */
  retry({ failure: _, ...pending }: Pending): Promise<void> {
    this.#holder.set({ pending: [...this.#without(pending.key), pending] });
    return this.#queue(pending);
  }

  discard({ key }: Pending): void {
    this.#holder.set({ pending: this.#without(key) });
  }

  #queue(pending: Pending): Promise<void> {
    const before = this.#last.get(pending.channelId) ?? Promise.resolve();
    const sent = before.then(() => this.#post(pending));
    this.#last.set(pending.channelId, sent);
    return sent;
  }

  async #post(pending: Pending): Promise<void> {
    const { key, nonce, channelId, author, content, draft } = pending;
    const reply = draft.reply && {
      replyTo: draft.reply.message.id,
      mentionAuthor: draft.reply.mentionAuthor,
    };
    try {
      const posted = { content, nonce, ...reply, ...(draft.sticker && { sticker: draft.sticker.id }) };
      const message = await this.#client.postMessage(channelId, posted, draft.files, author.id);
      this.#holder.set({ ...withAnswered(this.#holder.model, message), pending: this.#without(key) });
    } catch (error) {
      if (!(error instanceof RequestError)) throw error;
      this.#holder.set({
        pending: this.#holder.model.pending.map((other) =>
          other.key === key ? { ...other, failure: error.message } : other,
        ),
      });
    }
  }

  #without(key: number): readonly Pending[] {
    return this.#holder.model.pending.filter((pending) => pending.key !== key);
  }
}

/** What a message that is being sent will look like. @param urlOf where a file can be seen meanwhile */
export function foreseen(
  { nonce, channelId, author, content, draft, sentAt }: Pending,
  urlOf: (file: File) => string,
): APIMessage {
  const { reply, files, sticker } = draft;
  return {
    id: nonce,
    channel_id: channelId,
    type: reply ? messageTypes.reply : messageTypes.default,
    author,
    content,
    timestamp: sentAt,
    edited_timestamp: null,
    mentions: reply?.mentionAuthor ? [reply.message.author] : [],
    attachments: files.map((file) => ({
      id: file.name,
      filename: file.name,
      content_type: file.type,
      size: file.size,
      url: urlOf(file),
    })),
    ...(sticker && { sticker_items: [sticker] }),
    ...(reply && { message_reference: { type: 0 }, referenced_message: reply.message }),
  } as unknown as APIMessage;
}
