// Who keeps their pictures from the bot: asked before anything is fetched, and obeyed for what was kept before.
import type Keyv from 'keyv';
import { z } from 'zod';
import type { PostedImage } from '../../commands/command.ts';
import type { KeptAboutPerson, Privacy } from '../../commands/preferences.ts';
import { refuseWithheld } from '../../commands/withheld.ts';
import type { Conversations, Scene } from '../../conversation/conversations.ts';
import { orLogged } from '../../conversation/or-logged.ts';
import { scenesOf } from '../../conversation/scenes.ts';
import type { Store } from '../../conversation/store.ts';
import type { Logger } from '../../models/logger.ts';
import type { Consent } from '../capture/captured-images.ts';
import { type PictureNote, PictureNotes } from './picture-notes.ts';

export interface KeptPrivacyOptions {
  readonly store: Store;
  readonly conversations: Conversations;
  readonly log: Logger;
}

const optOutShape = z.object({ since: z.iso.datetime() });

export class KeptPrivacy implements Privacy, Consent {
  readonly #kept: Keyv<unknown>;
  readonly #notes: PictureNotes;
  readonly #conversations: Conversations;
  readonly #log: Logger;
  /** In memory as well: a store that fails must let nothing through. */
  readonly #optedOut = new Set<string>();

  private constructor({ store, conversations, log }: KeptPrivacyOptions) {
    this.#kept = store.namespace('opted-out');
    this.#notes = new PictureNotes(store);
    this.#conversations = conversations;
    this.#log = log;
  }

  /** @throws StoreError */
  static async open(options: KeptPrivacyOptions): Promise<KeptPrivacy> {
    const privacy = new KeptPrivacy(options);
    for await (const [personId, value] of privacy.#kept.iterator?.(undefined) ?? []) {
      // Who wrote it meant it, whatever became of the record.
      privacy.#optedOut.add(personId);
      if (!optOutShape.safeParse(value).success) {
        options.log.warn({ personId }, 'The record of somebody who opted out is damaged, and still obeyed.');
      }
    }
    return privacy;
  }

  hasOptedOut(personId: string): boolean {
    return this.#optedOut.has(personId);
  }

  async optOut(personId: string): Promise<void> {
    this.#optedOut.add(personId);
    await this.#kept.set(personId, { since: new Date().toISOString() });
    const notes = await this.#notes.find(({ authorId }) => authorId === personId);
    const isTheirs = picturesOf(personId, notes);
    await this.#conversations.changeScenes((scene) => (isTheirs(scene) ? undefined : scene));
    for (const note of notes) {
      await this.#conversations.forgetImage(note.imageHash);
      await this.#notes.remove(note);
    }
  }

  async optIn(personId: string): Promise<void> {
    await this.#kept.delete(personId);
    this.#optedOut.delete(personId);
  }

  async keptAbout(personId: string): Promise<KeptAboutPerson> {
    const notes = await this.#notes.find(({ authorId }) => authorId === personId);
    const isTheirs = picturesOf(personId, notes);
    let turnsAboutPictures = 0;
    let turnsAsked = 0;
    for await (const [, record] of this.#conversations.records()) {
      for (const scene of scenesOf(record)) {
        if (isTheirs(scene)) turnsAboutPictures += scene.turns.length;
        turnsAsked += scene.turns.filter(({ askedBy }) => askedBy === personId).length;
      }
    }
    return {
      pictures: new Set(notes.map(({ imageHash }) => imageHash)).size,
      turnsAboutPictures,
      turnsAsked,
    };
  }

  allows({ authorId }: PostedImage): boolean {
    return !this.#optedOut.has(authorId);
  }

  check(image: PostedImage): void {
    refuseWithheld(image, this);
  }

  async note(image: PostedImage, bytes: Uint8Array): Promise<void> {
    // The features won't be kept by a store that fails here either.
    await orLogged(() => this.#notes.add(image, bytes), this.#log);
  }
}

/** Scenes from before authors were kept, or begun by a button, are known by what hangs on them. */
function picturesOf(personId: string, notes: readonly PictureNote[]): (scene: Scene) => boolean {
  const hashes = new Set(notes.map(({ imageHash }) => imageHash));
  return ({ image, imageHash = '' }) =>
    image.authorId === undefined ? hashes.has(imageHash) : image.authorId === personId;
}
