// After a start, or a session that Discord could not resume: finds out which messages that the memory holds on to were
// deleted or edited meanwhile, or lost their picture. Discord lists no deletions, so each is looked for: those of a conversation before it is
// used again, all others slowly in the background, the ones talked in last first.
import { setTimeout as delay } from 'node:timers/promises';
import type { Client } from 'discord.js';
import { LRUCache } from 'lru-cache';
import { changeableKeysIn, isPreview } from '../../commands/changeable-keys.ts';
import { isDirect } from '../../commands/conversation-id.ts';
import type { Forgetting } from '../../commands/preferences.ts';
import type { ConversationRecord, Conversations } from '../../conversation/conversations.ts';
import { isNewer } from '../../conversation/message-order.ts';
import { scenesOf } from '../../conversation/scenes.ts';
import type { Logger } from '../../models/logger.ts';
import type { PictureNotes } from '../preferences/picture-notes.ts';
import { homesOf, type KeptMessage, keptMessages, lastMessageOf } from './kept-messages.ts';
import { type Looked, lookFor } from './look-for.ts';
import { forgetLostPictures } from './lost-pictures.ts';
import { takenOff } from './taken-off.ts';

export interface MissedChangesOptions {
  readonly client: Client;
  readonly conversations: Conversations;
  /** The pictures that what was seen in is kept of. */
  readonly seen: Pick<PictureNotes, 'find'>;
  readonly forgetting: Pick<Forgetting, 'channels' | 'files' | 'messages'>;
  readonly log: Logger;
  /** Between two conversations in the background. Default 250: far below what Discord allows. */
  readonly pauseMs?: number;
}

/** A message that asked, and was edited after the answer to it was kept. */
export interface MissedEdit {
  readonly channelId: string;
  readonly messageId: string;
  /** When (ms). */
  readonly editedMs: number;
}

/** Begins to bring answer and memory in step with it, and with what was taken off it. */
export type FollowEdit = (edit: MissedEdit) => void;

/** So many are looked through in the background; the others wait until they are used. */
const mostInBackground = 20_000;
/** A question waits no longer for what Discord has to say. */
const patienceMs = 2_000;
const couldNotLook = 'Could not look for what was deleted while I was away';

interface Check {
  readonly ended: Promise<void>;
  isOver: boolean;
}

export class MissedChanges {
  readonly #options: MissedChangesOptions;
  /** By conversation, those that are looked through or were, since the last gap. */
  readonly #checks = new LRUCache<string, Check>({ max: 2 * mostInBackground });
  #followEdit: FollowEdit | undefined;
  #stopping = new AbortController();
  #sweep: Promise<void> = Promise.resolve();

  constructor(options: MissedChangesOptions) {
    this.#options = options;
  }

  /** Whatever is kept may have changed in Discord. */
  begin(followEdit: FollowEdit): void {
    this.#stopping.abort();
    this.#stopping = new AbortController();
    this.#followEdit = followEdit;
    this.#checks.clear();
    const { signal } = this.#stopping;
    this.#sweep = this.#sweep.then(() => this.#checkAll(signal));
  }

  async stop(): Promise<void> {
    this.#stopping.abort();
    await this.#sweep;
  }

  /** To be called before a conversation is used. Takes no longer than a person may wait, and never rejects. */
  async before(conversationId: string): Promise<void> {
    if (this.#followEdit === undefined) return;
    const { ended, isOver } = this.#check(conversationId);
    if (isOver) return;
    const timer = new AbortController();
    const late = delay(patienceMs, undefined, { signal: timer.signal }).catch(() => undefined);
    await Promise.race([ended, late]);
    timer.abort();
  }

  async #checkAll(signal: AbortSignal): Promise<void> {
    const { pauseMs = 250, log } = this.#options;
    try {
      for (const id of await this.#inOrder()) {
        if (signal.aborted) return;
        if (this.#checks.has(id)) continue;
        await this.#check(id).ended;
        await delay(pauseMs, undefined, { signal, ref: false });
      }
      await forgetLostPictures({ ...this.#options, pauseMs }, signal);
    } catch (error) {
      if (!signal.aborted) log.error({ err: error }, couldNotLook);
    }
  }

  /** First those in channels that Discord lists no more, then those that were talked in last. */
  async #inOrder(): Promise<readonly string[]> {
    const found: { id: string; last: string; isSuspect: boolean }[] = [];
    for await (const [id, record] of this.#options.conversations.records()) {
      found.push({ id, last: lastMessageOf(record), isSuspect: this.#isSuspect(record) });
    }
    const before = (a: (typeof found)[number], b: (typeof found)[number]) =>
      a.isSuspect === b.isSuspect ? isNewer(a.last, b.last) : a.isSuspect;
    found.sort((a, b) => (before(a, b) ? -1 : 1));
    return found.slice(0, mostInBackground).map(({ id }) => id);
  }

  #isSuspect(record: ConversationRecord): boolean {
    return scenesOf(record).some(({ image }) => {
      const guild = this.#options.client.guilds.cache.get(image.guildId ?? '');
      return guild?.available === true && !guild.channels.cache.has(image.channelId);
    });
  }

  #check(conversationId: string): Check {
    const known = this.#checks.get(conversationId);
    if (known) return known;
    const { signal } = this.#stopping;
    const work = this.#checkNow(conversationId, signal).catch((error: unknown) => {
      this.#checks.delete(conversationId);
      if (!signal.aborted) this.#options.log.warn({ err: error, conversationId }, couldNotLook);
    });
    const ended = work.then(() => {
      check.isOver = true;
    });
    const check: Check = { ended, isOver: false };
    this.#checks.set(conversationId, check);
    return check;
  }

  async #checkNow(conversationId: string, signal: AbortSignal): Promise<void> {
    const { conversations, forgetting, log } = this.#options;
    const record = await conversations.recall(conversationId);
    if (!record) return;
    const messages = keptMessages(conversationId, record);
    const { places, missing } = await this.#lookEverywhere(messages, signal);
    const homes = homesOf(conversationId, record);
    const lost = [...places].flatMap(([id, { isChannelGone }]) => (isChannelGone && homes.has(id) ? id : []));
    if (lost.length > 0) await forgetting.channels(new Set(lost));
    if (missing.length > 0) await forgetting.messages(missing);
    const edits = editsOf(messages, places);
    await this.#forgetTakenOff(conversationId, record, { places, edits });
    if (lost.length + missing.length > 0) {
      log.debug(
        { conversationId, channelIds: lost, messageIds: missing },
        'Forgot what was deleted meanwhile',
      );
    }
    for (const edit of edits) this.#followEdit?.(edit);
  }

  async #forgetTakenOff(
    conversationId: string,
    record: ConversationRecord,
    { places, edits }: { places: ReadonlyMap<string, Looked>; edits: readonly MissedEdit[] },
  ): Promise<void> {
    const { client, forgetting, log } = this.#options;
    const images = scenesOf(record).map(({ image }) => image);
    for (const messageId of new Set(images.map((image) => image.messageId))) {
      const onIt = images.filter((image) => image.messageId === messageId);
      const message = places.get(onIt[0]?.channelId ?? '')?.found.get(messageId);
      if (!message) continue;
      const gone = takenOff(onIt, { message, isDirect: isDirect(conversationId) }, client);
      // What it asks is answered about the other link before.
      const isFollowed = gone.every(isPreview) && edits.some((edit) => edit.messageId === messageId);
      if (gone.length === 0 || isFollowed) continue;
      await forgetting.files(messageId, changeableKeysIn(message));
      log.debug({ conversationId, messageId }, 'Forgot what was taken off a message meanwhile');
    }
  }

  /** Missing are those that none of the channels holds in which they may be. */
  async #lookEverywhere(
    messages: readonly KeptMessage[],
    signal: AbortSignal,
  ): Promise<{ places: ReadonlyMap<string, Looked>; missing: readonly string[] }> {
    const places = new Map<string, Looked>();
    const isIn = (id: string, channelId: string) => places.get(channelId)?.found.has(id) === true;
    const isMissingIn = (id: string, channelId: string) => {
      const place = places.get(channelId);
      return place !== undefined && (place.isChannelGone || place.missing.includes(id));
    };
    const channelIds = new Set(
      [0, 1, 2].flatMap((rank) => messages.flatMap((message) => message.channelIds[rank] ?? [])),
    );
    for (const channelId of channelIds) {
      const sought = messages.filter((message) => message.channelIds.includes(channelId));
      const open = sought.filter(({ id, channelIds: all }) => !all.some((other) => isIn(id, other)));
      const ids = [...new Set(open.map(({ id }) => id))];
      if (ids.length > 0)
        places.set(channelId, await lookFor(this.#options.client.rest, channelId, ids, signal));
    }
    const missing = messages.filter(({ id, channelIds: all }) => all.every((one) => isMissingIn(id, one)));
    return { places, missing: [...new Set(missing.map(({ id }) => id))] };
  }
}

function editsOf(messages: readonly KeptMessage[], places: ReadonlyMap<string, Looked>): MissedEdit[] {
  const edits: MissedEdit[] = [];
  for (const { id: messageId, answeredMs = Number.POSITIVE_INFINITY } of messages) {
    for (const [channelId, { found }] of places) {
      const editedMs = Date.parse(found.get(messageId)?.edited_timestamp ?? '') || 0;
      if (editedMs > answeredMs) edits.push({ channelId, messageId, editedMs });
    }
  }
  return edits;
}
