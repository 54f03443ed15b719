// What was said in the channels: fetched a page at a time, the newest page first, older ones as they are wanted.
import type { APIMessage } from 'discord.js';
import type { MessagePage } from '../page-api.ts';
import type { Client } from './client.ts';
import type { Dismissed } from './dismissed.ts';
import { newestPicture } from './messages.ts';
import type { Model } from './model.ts';
import type { ModelHolder } from './model-holder.ts';
import { compareSnowflakes } from './snowflake.ts';

export class History {
  readonly #holder: ModelHolder;
  readonly #client: Client;
  readonly #dismissed: Dismissed;
  /** By channel: one page at a time. */
  readonly #underWay = new Map<string, Promise<boolean>>();

  constructor(holder: ModelHolder, client: Client, dismissed: Dismissed) {
    this.#holder = holder;
    this.#client = client;
    this.#dismissed = dismissed;
  }

  /** Fetches the newest messages of a channel, unless they are there. */
  async load(channelId: string): Promise<void> {
    if (this.#holder.model.messages.has(channelId)) return;
    this.#setUnloadable(channelId, false);
    const came = await this.#holder.reporting(() =>
      this.#holder.fetching(this.#client.messages(channelId), (page) => this.#with(channelId, page, [])),
    );
    this.#setUnloadable(channelId, !came);
  }

  /** Fetches the page before those that are there. @returns whether it came */
  loadOlder(channelId: string): Promise<boolean> {
    const underWay =
      this.#underWay.get(channelId) ??
      this.#fetchOlder(channelId).finally(() => this.#underWay.delete(channelId));
    this.#underWay.set(channelId, underWay);
    return underWay;
  }

  /** Fetches as many pages as it takes to have a message. @returns undefined, after a notice, when it can't be had */
  async reach(channelId: string, messageId: string): Promise<APIMessage | undefined> {
    const found = () => this.#messages(channelId).find(({ id }) => id === messageId);
    const mayBeOlder = (before: string) => compareSnowflakes(messageId, before) < 0;
    if (!(await this.#back(channelId, (before) => !found() && mayBeOlder(before)))) return undefined;
    if (!found()) this.#holder.toast('That message was deleted.');
    return found();
  }

  /** @returns undefined, after a notice, when there is none or it can't be had */
  async newestPicture(channelId: string): Promise<APIMessage | undefined> {
    const found = () => newestPicture(this.#messages(channelId));
    if (!(await this.#back(channelId, () => !found()))) return undefined;
    if (!found()) this.#holder.toast('There is no picture here yet. Post one first.');
    return found();
  }

  /** Pages back while that is wanted. @returns false when a page did not come */
  async #back(channelId: string, isWanted: (before: string) => boolean): Promise<boolean> {
    let older = this.#holder.model.older.get(channelId);
    while (older && isWanted(older.before)) {
      if (!(await this.loadOlder(channelId))) return false;
      older = this.#holder.model.older.get(channelId);
    }
    return true;
  }

  async #fetchOlder(channelId: string): Promise<boolean> {
    const before = this.#holder.model.older.get(channelId)?.before;
    if (before === undefined) return false;
    this.#setOlder(channelId, { before, failed: false });
    const came = await this.#holder.reporting(() =>
      this.#holder.fetching(this.#client.messages(channelId, before), (page) => {
        // Everything may have been loaded anew meanwhile.
        const isWanted = this.#holder.model.older.get(channelId)?.before === before;
        return isWanted ? this.#with(channelId, page, this.#messages(channelId)) : {};
      }),
    );
    if (!came) this.#setOlder(channelId, { before, failed: true });
    return came;
  }

  #with(channelId: string, page: MessagePage, newer: readonly APIMessage[]): Partial<Model> {
    const { model } = this.#holder;
    const fetched = page.messages.filter(({ id }) => !this.#dismissed.has(id));
    const older = new Map(model.older);
    const [oldest] = page.messages;
    if (page.hasOlder && oldest) older.set(channelId, { before: oldest.id, failed: false });
    else older.delete(channelId);
    return { older, messages: new Map(model.messages).set(channelId, [...fetched, ...newer]) };
  }

  #setUnloadable(channelId: string, isUnloadable: boolean): void {
    const unloadable = new Set(this.#holder.model.unloadable);
    if (isUnloadable) unloadable.add(channelId);
    else unloadable.delete(channelId);
    this.#holder.set({ unloadable });
  }

  #setOlder(channelId: string, older: { before: string; failed: boolean }): void {
    if (this.#holder.model.older.get(channelId)?.before !== older.before) return;
    this.#holder.set({ older: new Map(this.#holder.model.older).set(channelId, older) });
  }

  #messages(channelId: string): readonly APIMessage[] {
    return this.#holder.model.messages.get(channelId) ?? [];
  }
}
