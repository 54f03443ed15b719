// Copies go with their originals: when the message is deleted or the picture is taken off it, also while the bot was
// away, and when whoever posted it keeps their pictures from the bot.
import { setTimeout as delay } from 'node:timers/promises';
import type { Client, Message } from 'discord.js';
import { LRUCache } from 'lru-cache';
import type { Copies, Copy } from '../../commands/copies.ts';
import { awaitPreview } from '../../commands/link-preview.ts';
import { imageById } from '../../commands/pictures.ts';
import { deleteAnswer, takeFilesOff } from '../../commands/rewrite-answer.ts';
import type { Logger } from '../../models/logger.ts';
import { lookFor } from '../catch-up/look-for.ts';
import { takenOff } from '../catch-up/taken-off.ts';
import type { KeptCopies } from './kept-copies.ts';

export interface FollowedCopiesOptions {
  readonly client: Client;
  readonly kept: KeptCopies;
  readonly log: Logger;
  readonly signal: AbortSignal;
}

/** Between two channels, when it is looked for what was deleted meanwhile. */
const pauseMs = 250;

/** None of its methods rejects: nobody waits for what fails, so it is logged. */
export class FollowedCopies implements Copies {
  readonly #options: FollowedCopiesOptions;
  /** Deleted of late, perhaps while the copy was being made. */
  readonly #gone = new LRUCache<string, true>({ max: 5_000 });
  /** Edited of late, in the same way. */
  readonly #edited = new LRUCache<string, Message>({ max: 500 });
  readonly #stopping = new AbortController();

  constructor(options: FollowedCopiesOptions) {
    this.#options = options;
  }

  async note(copy: Copy): Promise<void> {
    await this.#attempt(async () => {
      await this.#options.kept.add(copy);
      if (this.#gone.has(copy.originalId)) await this.#remove([copy]);
      const edited = this.#edited.get(copy.originalId);
      if (edited) await this.follow(edited);
    });
  }

  async removeOf(personId: string): Promise<void> {
    await this.#attempt(async () => {
      const all = await this.#options.kept.all();
      await this.#remove(all.filter(({ authorId }) => authorId === personId));
    });
  }

  async forget(deletedIds: readonly string[]): Promise<void> {
    for (const id of deletedIds) {
      this.#gone.set(id, true);
      await this.#attempt(async () => this.#remove(await this.#options.kept.of(id)));
    }
  }

  /** @param message as it is after an edit */
  async follow(message: Message): Promise<void> {
    this.#edited.set(message.id, message);
    await this.#attempt(async () => {
      const copies = await this.#options.kept.of(message.id);
      if (copies.length === 0) return;
      // Another link shows a moment after it was put in the place of one.
      const now = await awaitPreview(message, this.#stopping.signal);
      const isWhole = ({ attachmentIds }: Copy) => attachmentIds.every((id) => imageById(now, id));
      await this.#remove(copies.filter((copy) => !isWhole(copy)));
    });
  }

  /** A place that is gone took its copies with it. */
  async forgetPlaces(channelIds: ReadonlySet<string>, lostGuildId?: string): Promise<void> {
    await this.#attempt(async () => {
      const { kept } = this.#options;
      for (const copy of await kept.all()) {
        const { channelId, guildId } = copy;
        const isThere = lostGuildId !== undefined && guildId === lostGuildId;
        if (isThere || channelIds.has(channelId)) await kept.remove(copy);
      }
    });
  }

  /** Whatever is kept may have been deleted while the bot did not hear of it. */
  async catchUp(): Promise<void> {
    await this.#attempt(async () => {
      const all = await this.#options.kept.all();
      for (const channelId of new Set(all.map((copy) => copy.channelId))) {
        await this.#catchUpIn(
          channelId,
          all.filter((copy) => copy.channelId === channelId),
        );
        await delay(pauseMs, undefined, { signal: this.#stopping.signal, ref: false });
      }
    });
  }

  stop(): void {
    this.#stopping.abort();
  }

  async #catchUpIn(channelId: string, copies: readonly Copy[]): Promise<void> {
    const { client, kept } = this.#options;
    const ids = copies.flatMap(({ messageId, originalId }) => [messageId, originalId]);
    const looked = await lookFor(client.rest, channelId, [...new Set(ids)], this.#stopping.signal);
    const isGone = (id: string) => looked.isChannelGone || looked.missing.includes(id);
    const lacksPicture = ({ guildId, originalId, attachmentIds }: Copy) => {
      const message = looked.found.get(originalId);
      const pictures = attachmentIds.map((attachmentId) => ({ attachmentId }));
      const isDirect = guildId === undefined && client.channels.cache.get(channelId)?.isDMBased() === true;
      return message !== undefined && takenOff(pictures, { message, isDirect }, client).length > 0;
    };
    for (const copy of copies) {
      if (isGone(copy.messageId)) await kept.remove(copy);
      else if (isGone(copy.originalId) || lacksPicture(copy)) await this.#remove([copy]);
    }
  }

  async #remove(copies: readonly Copy[]): Promise<void> {
    const { client, kept, signal } = this.#options;
    for (const copy of copies) {
      const { channelId, messageId, originalId } = copy;
      // One that stays, as where the bot sees the channel no more, keeps no other.
      await this.#attempt(async () => {
        const shown = { client, channelId, messageIds: [messageId] };
        await (messageId === originalId ? takeFilesOff(shown, signal) : deleteAnswer(shown, signal));
        await kept.remove(copy);
      });
    }
  }

  async #attempt(work: () => Promise<void>): Promise<void> {
    try {
      await work();
    } catch (error) {
      if (this.#stopping.signal.aborted) return;
      this.#options.log.warn({ err: error }, 'A copy of a picture could not follow its original');
    }
  }
}
