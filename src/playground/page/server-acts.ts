// What a person does to the server: whom they are in it, who else is, and what each may do.
import type { APIUser } from 'discord.js';
import type { ChangeChannel, PageChannel } from '../page-api.ts';
import { isDirect } from './channels.ts';
import type { Client } from './client.ts';
import type { ModelHolder } from './model-holder.ts';

export class ServerActs {
  readonly #holder: ModelHolder;
  readonly #client: Client;

  constructor(holder: ModelHolder, client: Client) {
    this.#holder = holder;
    this.#client = client;
  }

  /** @returns undefined, after a notice, when nobody could be added */
  addPerson(name: string): Promise<APIUser | undefined> {
    return this.#answer(() => this.#client.addPerson({ name }));
  }

  /** The id of the channel with the bot. @returns undefined, after a notice, when it can't be opened */
  async directMessages(): Promise<string | undefined> {
    const known = this.#holder.model.state?.channels.find(isDirect);
    if (known) return known.id;
    const opened = await this.#answer<PageChannel>(() => this.#client.openDirectMessages());
    if (opened) this.#holder.apply({ type: 'channel.update', channel: opened });
    return opened?.id;
  }

  chooseLanguage(locale: string): Promise<boolean> {
    return this.#holder.reporting(() => this.#client.chooseLanguage({ locale }));
  }

  /** @param picture undefined shows none */
  setAvatar(picture: File | undefined): Promise<boolean> {
    return this.#holder.reporting(() => this.#client.setAvatar(picture));
  }

  setRoles(userId: string, roles: readonly string[]): Promise<boolean> {
    return this.#holder.reporting(() => this.#client.setRoles(userId, { roles }));
  }

  changeChannel(channelId: string, change: ChangeChannel): Promise<boolean> {
    return this.#holder.reporting(() => this.#client.changeChannel(channelId, change));
  }

  deleteThread(threadId: string): Promise<boolean> {
    return this.#holder.reporting(() => this.#client.deleteThread(threadId));
  }

  /** Invites the bot, or takes it out of the server. */
  setBotMembership(isMember: boolean): Promise<boolean> {
    return this.#holder.reporting(() => this.#client.setBotMembership({ isMember }));
  }

  async #answer<Answer>(request: () => Promise<Answer>): Promise<Answer | undefined> {
    let answer: Answer | undefined;
    await this.#holder.reporting(async () => {
      answer = await request();
    });
    return answer;
  }
}
