// The images of a Discord as commands see them: known from what was posted, read back where the bot came later.
import { isAvatar } from '../../commands/avatars.ts';
import type { Images, PostedImage } from '../../commands/command.ts';
import { UnreadableError } from '../../commands/errors.ts';
import { avatarGone } from '../../commands/named-avatar.ts';
import { imageById, picturesOn } from '../../commands/pictures.ts';
import { saying } from '../../commands/texts/texts.ts';
import type { SceneImage } from '../../conversation/conversations.ts';
import { checkSize, type DownloadLimits, download } from './download.ts';
import type { ImageIndex } from './image-index.ts';
import { type MessageSource, messagesAPage } from './message-source.ts';

/** Whether pictures may be looked at, which is for whoever posted them to say. */
export interface Consent {
  allows(image: PostedImage): boolean;
  /** @throws UserError where it may not */
  check(image: PostedImage): void;
  /** Hears of each picture that is about to be looked at. */
  note(image: PostedImage, bytes: Uint8Array): Promise<void>;
}

export interface CapturedImagesOptions {
  readonly index: ImageIndex;
  readonly messages: MessageSource;
  readonly limits: DownloadLimits;
  /** Absent: all of them may. */
  readonly consent?: Consent;
}

/** How far back talk is looked through for its picture: a thousand messages. */
const maxPages = 10;

export class CapturedImages implements Images {
  readonly #index: ImageIndex;
  readonly #messages: MessageSource;
  readonly #limits: DownloadLimits;
  readonly #consent: Consent | undefined;

  constructor({ index, messages, limits, consent }: CapturedImagesOptions) {
    this.#index = index;
    this.#messages = messages;
    this.#limits = limits;
    this.#consent = consent;
  }

  async newestIn(channelId: string, upTo?: string): Promise<PostedImage | undefined> {
    if (!this.#newestKnown(channelId, upTo)) await this.#readBack(channelId);
    return (
      this.#newestKnown(channelId, upTo) ??
      (await this.#onStarter(channelId)) ??
      // Where there is no other, it is said that it is withheld.
      this.#index.newestIn(channelId, upTo)
    );
  }

  async newestAsOf(channelId: string, messageId: string): Promise<PostedImage | undefined> {
    return (
      this.#newestKnown(channelId, messageId) ??
      (await this.#lookBack(channelId, messageId)) ??
      (await this.#onStarter(channelId)) ??
      this.#index.newestIn(channelId, messageId)
    );
  }

  async fetch(image: PostedImage | SceneImage, signal?: AbortSignal): Promise<Uint8Array | undefined> {
    const known = 'url' in image ? image : this.#index.find(image);
    const { attachmentId } = image;
    const bytes = known && (await this.#load({ ...known, attachmentId }, signal));
    if (bytes) return bytes;
    const refreshed = await this.#refresh(image);
    if (!refreshed) return undefined;
    const refetched = await this.#load(refreshed, signal);
    if (refetched) return refetched;
    throw new UnreadableError(isAvatar(refreshed) ? avatarGone() : saying('linkExpired'));
  }

  async picturesBeside({ channelId, messageId }: SceneImage): Promise<readonly PostedImage[]> {
    const message = await this.#messages.find(channelId, messageId);
    return message ? picturesOn(message) : [];
  }

  async markUnreadable(image: SceneImage): Promise<void> {
    const others = this.#index.find(image)?.among ?? [];
    this.#index.markUnreadable(image);
    if (others.length < 2) return;
    // Where it can't be asked for, the pictures beside it are as good as gone.
    const message = await this.#messages.find(image.channelId, image.messageId).catch(() => undefined);
    if (message) this.#index.add(message);
  }

  /** Of those that may be looked at: one that is kept from us stands before no other. */
  #newestKnown(channelId: string, upTo: string | undefined): PostedImage | undefined {
    return this.#index.newestIn(channelId, upTo, (image) => this.#consent?.allows(image) ?? true);
  }

  async #readBack(channelId: string): Promise<void> {
    if (this.#index.isReadBack(channelId)) return;
    for (const message of await this.#messages.recent(channelId)) this.#index.add(message);
    this.#index.markReadBack(channelId);
  }

  /** What it finds stays out of the index, which knows of all images from some time on. */
  async #lookBack(channelId: string, messageId: string): Promise<PostedImage | undefined> {
    let before = String(BigInt(messageId) + 1n);
    for (let page = 0; page < maxPages; page += 1) {
      const messages = await this.#messages.recent(channelId, before);
      const image = messages.map((message) => this.#index.imageOf(message)).find((found) => found);
      const oldest = messages.at(-1);
      if (image || !oldest || messages.length < messagesAPage) return image;
      before = oldest.id;
    }
    return undefined;
  }

  async #onStarter(channelId: string): Promise<PostedImage | undefined> {
    const starter = await this.#messages.starterOf(channelId);
    return starter && this.#index.imageOf(starter);
  }

  async #load(image: PostedImage, signal?: AbortSignal): Promise<Uint8Array | undefined> {
    this.#consent?.check(image);
    checkSize(image.size, this.#limits.maxBytes);
    const bytes = await download(image.url, this.#limits, signal);
    // It may have been taken back while the file was on its way.
    this.#consent?.check(image);
    if (bytes) await this.#consent?.note(image, bytes);
    return bytes;
  }

  /** The same image with a fresh link. */
  async #refresh({ channelId, messageId, attachmentId }: SceneImage): Promise<PostedImage | undefined> {
    const message = await this.#messages.find(channelId, messageId);
    const image = message && imageById(message, attachmentId);
    if (!message || !image) {
      this.#index.remove(channelId, messageId);
      return undefined;
    }
    // Only in the place of a stale one: an old image that was asked about is not the newest that is known.
    if (this.#index.find(image)) this.#index.add(message);
    return image;
  }
}
