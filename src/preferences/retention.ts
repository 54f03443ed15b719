// Removes what servers let the bot keep for a number of days only.
import { SnowflakeUtil } from 'discord.js';
import type { Conversations, Scene } from '../../conversation/conversations.ts';
import type { Store } from '../../conversation/store.ts';
import type { Logger } from '../../models/logger.ts';
import type { KeptSettings } from './kept-settings.ts';
import { PictureNotes } from './picture-notes.ts';

export interface RetentionOptions {
  readonly store: Store;
  readonly conversations: Conversations;
  readonly settings: KeptSettings;
  readonly log: Logger;
}

const dayMs = 24 * 60 * 60 * 1000;

export class Retention {
  readonly #options: RetentionOptions;
  readonly #notes: PictureNotes;

  constructor(options: RetentionOptions) {
    this.#options = options;
    this.#notes = new PictureNotes(options.store);
  }

  /** Never rejects: what fails is logged, and done the next time. */
  async sweep(): Promise<void> {
    const { log } = this.#options;
    try {
      const limits = this.#limits();
      if (limits.size > 0) await this.#remove(limits);
    } catch (error) {
      log.error({ err: error }, 'What servers let me keep no longer could not be removed');
    }
  }

  /** By server, since when things may be kept (ms). */
  #limits(): ReadonlyMap<string, number> {
    const { settings } = this.#options;
    const limits = settings.guildIds.map((guildId): [string, number] => {
      const days = settings.inForce({ guildId, channelIds: [] }).retentionDays.value;
      return [guildId, days === 0 ? 0 : Date.now() - days * dayMs];
    });
    return new Map(limits.filter(([, since]) => since > 0));
  }

  async #remove(limits: ReadonlyMap<string, number>): Promise<void> {
    const { conversations } = this.#options;
    const sinceOf = (guildId: string | undefined) => limits.get(guildId ?? '') ?? 0;
    await conversations.changeScenes((scene) => since(scene, sinceOf(scene.image.guildId)));
    for (const note of await this.#notes.find(({ guildId, at }) => Date.parse(at) < sinceOf(guildId))) {
      await conversations.forgetImage(note.imageHash);
      await this.#notes.remove(note);
    }
  }
}

/** The scene without turns from before; undefined where none is left. */
function since(scene: Scene, sinceMs: number): Scene | undefined {
  const turns = scene.turns.filter(({ at }) => Date.parse(at) >= sinceMs);
  if (turns.length > 0) return turns.length === scene.turns.length ? scene : { ...scene, turns };
  // Of one without turns nothing tells its age but the picture's message.
  const isOld = scene.turns.length > 0 || SnowflakeUtil.timestampFrom(scene.image.messageId) < sinceMs;
  return isOld ? undefined : scene;
}
