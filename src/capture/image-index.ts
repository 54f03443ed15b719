// Remembers which images were posted where, so that "the newest picture here" is known without asking Discord. It
// holds addresses, never files, and forgets the channels that were quiet longest.
import { type Message, MessageFlags } from 'discord.js';
import { LRUCache } from 'lru-cache';
import type { PostedImage } from '../../commands/command.ts';
import { picturesOn } from '../../commands/pictures.ts';
import type { SceneImage } from '../../conversation/conversations.ts';
import { isSameFile, splitFrame } from '../../conversation/frames.ts';
import { isNewer } from '../../conversation/message-order.ts';

interface ChannelImages {
  /** Newest first. */
  images: PostedImage[];
  /** Whether what was posted before the bot came has been looked through. */
  isReadBack: boolean;
}

export interface ImageIndexLimits {
  readonly maxChannels: number;
  readonly maxImagesAChannel: number;
}

const defaultLimits: ImageIndexLimits = { maxChannels: 2_000, maxImagesAChannel: 50 };

export class ImageIndex {
  readonly #channels: LRUCache<string, ChannelImages>;
  readonly #unreadable = new LRUCache<string, true>({ max: 5_000 });
  readonly #maxImages: number;
  /** The first message that was heard of; since then, every image was. */
  #knownFrom: string | undefined;

  constructor({ maxChannels, maxImagesAChannel }: ImageIndexLimits = defaultLimits) {
    this.#channels = new LRUCache({ max: maxChannels });
    this.#maxImages = maxImagesAChannel;
  }

  /** Takes a message that was posted just now. */
  hear(message: Message): void {
    this.#knownFrom ??= message.id;
    this.add(message);
  }

  /** Takes a message that was edited: one from before what is known here would be taken for the newest. */
  change(message: Message): void {
    const { channelId, id } = message;
    const isKnown = this.#channels.get(channelId)?.images.some(({ messageId }) => messageId === id);
    const isRecent = this.#knownFrom !== undefined && !isNewer(this.#knownFrom, id);
    if (isKnown || isRecent) this.add(message);
  }

  /** Takes a message as it is now. */
  add(message: Message): void {
    this.remove(message.channelId, message.id);
    const image = this.imageOf(message);
    if (!image) return;
    const channel = this.#channel(message.channelId);
    channel.images.push(image);
    channel.images.sort(newestFirst);
    channel.images.length = Math.min(channel.images.length, this.#maxImages);
  }

  /** The first image on a message that can be read and that all in the channel see. */
  imageOf(message: Message): PostedImage | undefined {
    const images = message.flags.has(MessageFlags.Ephemeral) ? [] : picturesOn(message);
    return images.find(({ attachmentId }) => !this.#unreadable.has(attachmentId));
  }

  remove(channelId: string, messageId: string): void {
    const channel = this.#channels.get(channelId);
    if (!channel) return;
    const rest = channel.images.filter((image) => image.messageId !== messageId);
    if (rest.length === channel.images.length) return;
    channel.images = rest;
    // An older image, never heard of, may be the newest now.
    if (rest.length === 0) channel.isReadBack = false;
  }

  /** Such an image is never again the newest: one bad file must not stand before the others. */
  markUnreadable({ channelId, messageId, attachmentId }: SceneImage): void {
    this.#unreadable.set(splitFrame(attachmentId).key, true);
    this.remove(channelId, messageId);
  }

  /** @param isMeant absent: any image */
  newestIn(
    channelId: string,
    upTo?: string,
    isMeant: (image: PostedImage) => boolean = () => true,
  ): PostedImage | undefined {
    const images = this.#channels.get(channelId)?.images;
    return images?.find((image) => (!upTo || !isNewer(image.messageId, upTo)) && isMeant(image));
  }

  find({ channelId, messageId, attachmentId }: SceneImage): PostedImage | undefined {
    return this.#channels
      .get(channelId)
      ?.images.find((image) => image.messageId === messageId && isSameFile(image.attachmentId, attachmentId));
  }

  isReadBack(channelId: string): boolean {
    return this.#channels.get(channelId)?.isReadBack ?? false;
  }

  markReadBack(channelId: string): void {
    this.#channel(channelId).isReadBack = true;
  }

  forget(channelId: string): void {
    this.#channels.delete(channelId);
  }

  /** After a gap in what Discord told. */
  clear(): void {
    this.#channels.clear();
    this.#knownFrom = undefined;
  }

  #channel(channelId: string): ChannelImages {
    const known = this.#channels.get(channelId);
    if (known) return known;
    const fresh: ChannelImages = { images: [], isReadBack: false };
    this.#channels.set(channelId, fresh);
    return fresh;
  }
}

function newestFirst(a: PostedImage, b: PostedImage): number {
  return isNewer(a.messageId, b.messageId) ? -1 : 1;
}
