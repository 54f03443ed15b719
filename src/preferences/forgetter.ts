// Forgets what was said, with what the model saw in the pictures that it was about: no talk that stays needs that.

import {
  channelConversation,
  directConversation,
  isDirect,
  threadConversation,
} from '../../commands/conversation-id.ts';
import type { Forgetting, Forgotten, Languages } from '../../commands/preferences.ts';
import type { ChangedScene, Conversations, Scene } from '../../conversation/conversations.ts';
import { isTakenOff, scenesOf, withoutTurns } from '../../conversation/scenes.ts';
import type { Store } from '../../conversation/store.ts';
import { type PictureNote, PictureNotes } from './picture-notes.ts';

type Change = (scene: Scene, conversationId: string) => Scene | undefined;
type ChannelIds = ReadonlySet<string>;

export interface ForgetterOptions {
  readonly store: Store;
  readonly conversations: Conversations;
  readonly languages: Pick<Languages, 'forget'>;
}

export class Forgetter implements Forgetting {
  readonly #store: Store;
  readonly #notes: PictureNotes;
  readonly #conversations: Conversations;
  readonly #languages: ForgetterOptions['languages'];

  constructor({ store, conversations, languages }: ForgetterOptions) {
    this.#store = store;
    this.#notes = new PictureNotes(store);
    this.#conversations = conversations;
    this.#languages = languages;
  }

  async conversation(conversationId: string): Promise<Forgotten> {
    await this.#conversations.forgetUnreadable([conversationId]);
    return this.#forget(
      (scene, id) => (id === conversationId ? undefined : scene),
      (note) => conversationsAbout(note).includes(conversationId),
    );
  }

  async person(personId: string, guildId?: string, channelIds: ChannelIds = new Set()): Promise<Forgotten> {
    await this.#conversations.forgetUnreadable([personId]);
    await this.#languages.forget(personId);
    const change: Change = (scene, id) => {
      const isElsewhere = guildId !== undefined && !isDirect(id) && !isHeldIn(scene, guildId, channelIds);
      return isElsewhere && scene.image.guildId !== undefined ? scene : withoutPerson(scene, personId);
    };
    return this.#forget(
      change,
      (note) =>
        note.authorId === personId &&
        (guildId === undefined || note.guildId === undefined || note.guildId === guildId),
    );
  }

  async server(guildId: string, channelIds: ChannelIds): Promise<Forgotten> {
    await this.#conversations.forgetUnreadable([guildId, ...channelIds]);
    return this.#forget(
      (scene) => (isHeldIn(scene, guildId, channelIds) ? undefined : scene),
      (note) => note.guildId === guildId,
    );
  }

  async channels(channelIds: ChannelIds): Promise<Forgotten> {
    const doomed = new Set([...channelIds].map(threadConversation));
    await this.#conversations.forgetUnreadable([...channelIds]);
    // A thread's talk began with a picture in the channel that the thread hangs in.
    for await (const [id, record] of this.#conversations.records()) {
      if (scenesOf(record).some(({ image }) => channelIds.has(image.channelId))) doomed.add(id);
    }
    return this.#forget(
      (scene, id) => (doomed.has(id) || channelIds.has(scene.image.channelId) ? undefined : scene),
      ({ place }) => place !== undefined && channelIds.has(place.channelId),
    );
  }

  async messages(messageIds: readonly string[]): Promise<void> {
    const changed = await this.#conversations.forgetMessages(messageIds);
    const noted = (await Promise.all(messageIds.map((id) => this.#notes.on(id)))).flat();
    await this.#forgetSeen(changed, noted);
  }

  async files(messageId: string, left: ReadonlySet<string>): Promise<void> {
    const changed = await this.#conversations.forgetFiles(messageId, left);
    const noted = await this.#notes.on(messageId);
    await this.#forgetSeen(
      changed,
      noted.filter(({ place }) => place && isTakenOff(place, left)),
    );
  }

  /** What was seen in the pictures of scenes that are gone, and in these. */
  async #forgetSeen(changed: readonly ChangedScene[], noted: readonly PictureNote[]): Promise<void> {
    const ended = changed.some(({ before, after }) => !after && before.imageHash !== undefined);
    if (!ended && noted.length === 0) return;
    const hashes = new Set(noted.map(({ imageHash }) => imageHash));
    await this.#forgetPictures(changed, ({ imageHash }) => hashes.has(imageHash));
    await this.#store.scrub();
  }

  /** @param isMeant the pictures to forget beside those whose scenes go */
  async #forget(change: Change, isMeant: (note: PictureNote) => boolean = () => false): Promise<Forgotten> {
    const changed = await this.#conversations.changeScenes(change);
    const pictures = await this.#forgetPictures(changed, isMeant);
    await this.#store.scrub();
    return {
      conversations: new Set(changed.map(({ conversationId }) => conversationId)).size,
      questions: changed.reduce(
        (sum, { before, after }) => sum + before.turns.length - (after?.turns.length ?? 0),
        0,
      ),
      pictures,
    };
  }

  /** Save those that some talk which stays is about. */
  async #forgetPictures(
    changed: readonly ChangedScene[],
    isMeant: (note: PictureNote) => boolean,
  ): Promise<number> {
    const meant = await this.#notes.find(isMeant);
    const ended = changed.flatMap(({ before, after }) => (after ? [] : (before.imageHash ?? [])));
    const hashes = new Set([...meant.map(({ imageHash }) => imageHash), ...ended]);
    for await (const [, record] of this.#conversations.records()) {
      for (const { imageHash = '', turns } of scenesOf(record))
        if (turns.length > 0) hashes.delete(imageHash);
    }
    for (const imageHash of hashes) await this.#conversations.forgetImage(imageHash);
    const notes = await this.#notes.find(({ imageHash }) => hashes.has(imageHash));
    for (const note of notes) await this.#notes.remove(note);
    return hashes.size;
  }
}

/** Those that a caption of its picture belongs to. A message's thread has the id of the message. */
function conversationsAbout({ place }: PictureNote): readonly string[] {
  if (!place) return [];
  const { channelId, messageId } = place;
  return [
    channelConversation(messageId),
    directConversation(channelId),
    threadConversation(channelId),
    threadConversation(messageId),
  ];
}

/** Their questions go with the answers, and their picture where nobody else asked about it. */
function withoutPerson(scene: Scene, personId: string): Scene | undefined {
  const left = withoutTurns(scene, ({ askedBy }) => askedBy === personId);
  return left.turns.length === 0 && scene.image.authorId === personId ? undefined : left;
}

/** @param channelIds the server's channels, by which scenes are known that were kept before servers were */
function isHeldIn({ image }: Scene, guildId: string, channelIds: ChannelIds): boolean {
  return image.guildId === guildId || (image.guildId === undefined && channelIds.has(image.channelId));
}
