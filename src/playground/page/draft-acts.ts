// What a person does to what they write, in each channel: changing it, replying, sending it.
import type { APIMessage, APIStickerItem } from 'discord.js';
import { isDirect, isThread } from './channels.ts';
import { type Draft, emptyDraft, withoutReply, withReply, withReturned } from './drafts.ts';
import { hasPicture } from './messages.ts';
import type { Pending } from './model.ts';
import type { ModelHolder } from './model-holder.ts';
import type { Outbox } from './outbox.ts';

export class DraftActs {
  readonly #holder: ModelHolder;
  readonly #outbox: Outbox;

  constructor(holder: ModelHolder, outbox: Outbox) {
    this.#holder = holder;
    this.#outbox = outbox;
  }

  /** In the channel on show. */
  get shown(): Draft {
    return this.in(this.#channelId);
  }

  in(channelId: string): Draft {
    return this.#holder.model.drafts.get(channelId) ?? emptyDraft;
  }

  set(draft: Draft, channelId = this.#channelId): void {
    this.#holder.set({ drafts: new Map(this.#holder.model.drafts).set(channelId, draft) });
  }

  /** Bots answer replies to other people's pictures only when they are mentioned, so the mention is put in. */
  reply(message: APIMessage): void {
    const { me, bot, channels = [] } = this.#holder.model.state ?? {};
    const channel = channels.find(({ id }) => id === this.#channelId);
    const answersAll = channel !== undefined && (isThread(channel) || isDirect(channel));
    const needsMention = !message.author.bot && hasPicture(message) && !answersAll;
    const reply = { message, mentionAuthor: message.author.id !== me?.id };
    this.set(withReply(this.shown, reply, needsMention ? `@${bot?.user.username} ` : ''));
  }

  /** Sends what is written in the channel on show. @param content its text as Discord takes it */
  send(content: string): Promise<void> {
    const draft = this.shown;
    this.set(emptyDraft);
    return this.#outbox.send(this.#channelId, content, draft);
  }

  /** Sends a sticker at once, with the reply that is being written; the text stays for later. */
  sendSticker(sticker: APIStickerItem): Promise<void> {
    const { reply } = this.shown;
    this.set(withoutReply(this.shown));
    return this.#outbox.send(this.#channelId, '', { ...emptyDraft, reply, sticker });
  }

  /** Makes a message that was not sent the draft of its channel again. */
  takeBack(pending: Pending): void {
    this.#outbox.discard(pending);
    this.set(withReturned(this.in(pending.channelId), pending.draft), pending.channelId);
  }

  get #channelId(): string {
    return this.#holder.model.channelId ?? '';
  }
}
