// What a person does to messages that are there: editing, deleting, forwarding.
import type { APIMessage } from 'discord.js';
import { withAnswered } from './apply-event.ts';
import type { Client } from './client.ts';
import { messageTypes } from './discord-values.ts';
import { isEphemeral } from './messages.ts';
import type { ModelHolder } from './model-holder.ts';

const writtenByPeople: readonly number[] = [messageTypes.default, messageTypes.reply];

export class MessageActs {
  readonly #holder: ModelHolder;
  readonly #client: Client;

  constructor(holder: ModelHolder, client: Client) {
    this.#holder = holder;
    this.#client = client;
  }

  /** Whether the person may change it: it is theirs, and what they wrote. */
  mayEdit({ author, type, message_snapshots: forwarded }: APIMessage): boolean {
    return this.#isMine(author) && writtenByPeople.includes(type) && !forwarded;
  }

  /** @param mayManage whether the person may delete what others wrote */
  mayDelete(message: APIMessage, mayManage: boolean): boolean {
    return !isEphemeral(message) && (mayManage || this.#isMine(message.author));
  }

  beginEdit({ id }: APIMessage): void {
    this.#holder.set({ editing: id });
  }

  /** Of the newest message of theirs that is loaded. */
  beginEditOfNewest(channelId: string): void {
    const mine = this.#holder.model.messages.get(channelId)?.findLast((message) => this.mayEdit(message));
    if (mine) this.beginEdit(mine);
  }

  endEdit(): void {
    this.#holder.set({ editing: undefined });
  }

  /** @param content as Discord takes it. @returns whether it was taken */
  async edit(message: APIMessage, content: string): Promise<boolean> {
    // How it is then, tells its event.
    const taken = await this.#holder.reporting(() => this.#client.editMessage(message, { content }));
    if (taken) this.endEdit();
    return taken;
  }

  delete(message: APIMessage): Promise<boolean> {
    return this.#holder.reporting(() => this.#client.deleteMessage(message));
  }

  /** @param channelId where to. @returns whether it was taken */
  forward({ id: messageId, channel_id }: APIMessage, channelId: string): Promise<boolean> {
    return this.#holder.reporting(async () => {
      const body = { channelId: channel_id, messageId };
      const forwarded = await this.#client.forwardMessage(channelId, body);
      this.#holder.set(withAnswered(this.#holder.model, forwarded));
    });
  }

  #isMine({ id }: { readonly id: string }): boolean {
    return id === this.#holder.model.state?.me.id;
  }
}
