// The draft of an answer to a message: a reply, which becomes the answer.
import type { Message } from 'discord.js';
import { deleteMessage, isGone } from './delete-message.ts';
import type { DraftPlace } from './drafts.ts';
import { type Part, quietly } from './outgoing.ts';
import { isPassing, patiently } from './patience.ts';
import { freshNonce } from './post.ts';
import { reply } from './reply.ts';

export class ReplyDraft implements DraftPlace {
  readonly sourceId: string;
  readonly channelId: string;
  readonly locale: string;
  readonly #question: Message;
  /** By it Discord knows the draft again where it could not say that it has posted it. */
  readonly #nonce = freshNonce();
  #message: Message | undefined;
  #mayBePosted = false;

  constructor(question: Message, locale: string) {
    this.sourceId = question.id;
    this.channelId = question.channelId;
    this.locale = locale;
    this.#question = question;
  }

  get messageId(): string | undefined {
    return this.#message?.id;
  }

  async show(content: string, signal: AbortSignal): Promise<void> {
    if (this.#message) {
      await this.#message.edit({ content, ...quietly });
      return;
    }
    try {
      this.#mayBePosted = true;
      this.#message = await reply(this.#question, { content }, signal, this.#nonce);
    } catch (error) {
      this.#mayBePosted = isPassing(error);
      throw error;
    }
  }

  /**
   * Puts the answer, or its first part, in its place; posts it where there is no draft.
   * @returns the message
   */
  async become(part: Part, signal: AbortSignal | undefined): Promise<string> {
    const draft = await this.#posted(part, signal);
    if (!draft) return (await reply(this.#question, part, signal)).id;
    try {
      await patiently(() => draft.edit({ ...part, ...quietly }), signal);
      return draft.id;
    } catch (error) {
      if (!isGone(error)) throw error;
      return (await reply(this.#question, part, signal)).id;
    }
  }

  /** There is to be no answer. */
  async remove(signal: AbortSignal): Promise<void> {
    const draft = await this.#posted({ content: '…' }, signal);
    if (draft) await deleteMessage(draft, signal);
  }

  /** @param part in case it isn't posted after all */
  async #posted(part: Part, signal: AbortSignal | undefined): Promise<Message | undefined> {
    if (!this.#message && this.#mayBePosted) {
      this.#message = await reply(this.#question, part, signal, this.#nonce);
    }
    return this.#message;
  }
}
