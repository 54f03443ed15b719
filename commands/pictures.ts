// The pictures that a message carries, in the order a person sees them, and what to say about files that are none.
import { type Attachment, AttachmentFlags, type Message } from 'discord.js';
import type { SceneImage } from '../conversation/conversations.ts';
import { isSameFile } from '../conversation/frames.ts';
import type { FramePlace } from '../models/backend.ts';
import type { Saying } from '../models/saying.ts';
import { avatarOn } from './avatars.ts';
import { type Carried, emojiOn, holdersOf, lottieOn, mediaOn, previewsOn, stickersOn } from './carriers.ts';
import type { PostedImage } from './command.ts';
import { isCopy } from './copies.ts';
import { UserError } from './errors.ts';
import { spoilerMark } from './file-name.ts';
import { plainText } from './plain-text.ts';
import { posterOf } from './poster-of.ts';
import { saying, tell } from './texts/texts.ts';

const pictureEnding = /\.(png|jpe?g|webp|gif|avif|tiff?|heic|heif|bmp)$/i;

/**
 * Those that were posted as such: in its files, in those of what it forwards, behind its links, and in its components.
 * Copies of pictures stand for none of their own.
 */
export function picturesOn(message: Message): PostedImage[] {
  const avatar = avatarOn(message);
  if (avatar) return [avatar];
  if (isCopy(message)) return [];
  const files = filesOf(message)
    .filter(isImage)
    .map((attachment) => postedFile(attachment, message));
  const carried = [...previewsOn(message, 'picture'), ...mediaOn(message, 'picture')];
  const others = carried.map((one) => posted(one, message));
  const found = [...files, ...others].filter(isFirstOfItsKey);
  const among = found.map(({ attachmentId, name }) => ({ attachmentId, name }));
  return found.map((picture) => ({ ...picture, among }));
}

/** A bot may show one picture in several of its embeds; a menu takes no key twice. */
function isFirstOfItsKey({ attachmentId }: PostedImage, index: number, all: readonly PostedImage[]): boolean {
  return all.findIndex((other) => other.attachmentId === attachmentId) === index;
}

/** What somebody who asks about a message means: its first picture, or else its sticker, or what a link shows small. */
export function imageOn(message: Message): PostedImage | undefined {
  return picturesOn(message)[0] ?? besideTalk(message)[0];
}

/** The first emoji of a server's own in a message. */
export function emojiImageOn(message: Message): PostedImage | undefined {
  const [first] = emojiOn(message);
  return first && posted(first, message);
}

/** The picture of that id or key; undefined when it is no longer on the message. */
export function imageById(message: Message, attachmentId: string): PostedImage | undefined {
  const emoji = emojiOn(message).map((carried) => posted(carried, message));
  const all = [...picturesOn(message), ...besideTalk(message), ...emoji];
  const found = all.find((picture) => isSameFile(picture.attachmentId, attachmentId));
  return found && { ...found, attachmentId };
}

/** Says what is on a message when none of it is a picture; undefined where there is only text. */
export function notAnImage(message: Message): UserError | undefined {
  const [attachment] = filesOf(message);
  if (attachment) return notAnImageError(attachment);
  const lottie = lottieOn(message);
  return lottie && new UserError(saying('lottieSticker', { name: plainText(lottie.name) }));
}

export function notAnImageError({ name, contentType }: Attachment): UserError {
  const type = contentType?.split(';')[0];
  const what = { name: name.replaceAll('`', ''), remedy: remedyFor(type) };
  return new UserError(type ? saying('fileOfType', { ...what, type }) : saying('fileUnknown', what));
}

function remedyFor(type = ''): Saying {
  if (type.startsWith('video/')) return saying('screenshotOfMoment');
  return saying(type === 'application/pdf' ? 'screenshotOfPage' : 'postAsImage');
}

/**
 * Discord tells the type by the name alone, and the size of what it can read as a picture. Of a file of no known kind, as
 * one without an ending, the bytes tell.
 */
export function isImage({ contentType, name, width, height }: Attachment): boolean {
  if (contentType?.startsWith('image/')) return true;
  const isOther = contentType && !contentType.startsWith('application/octet-stream');
  if (isOther) return false;
  return Boolean(width && height) || !/\.\w+$/.test(name) || pictureEnding.test(name);
}

/** The files that are none. */
export function noPictures(message: Message): Attachment[] {
  return filesOf(message).filter((attachment) => !isImage(attachment));
}

/**
 * Says what was looked at, and which of several pictures or frames; empty where that is plain, or isn't known.
 * @param frame of an animation
 */
export function placeNote(image: SceneImage | PostedImage, locale: string, frame?: FramePlace): string {
  const about = 'url' in image ? [image.note ?? [], numberNote(image)].flat() : [];
  const all = [...about, ...(frame ? [saying('frameNote', { number: frame.number, all: frame.count })] : [])];
  return all.map((note) => `\n-# ${tell(locale, note)}`).join('');
}

function numberNote({ attachmentId, among = [] }: PostedImage): readonly Saying[] {
  if (among.length < 2) return [];
  const number = among.findIndex((one) => isSameFile(one.attachmentId, attachmentId)) + 1;
  return [saying('placeNote', { number, all: among.length })];
}

function besideTalk(message: Message): PostedImage[] {
  const carried = [...stickersOn(message), ...previewsOn(message, 'other'), ...mediaOn(message, 'other')];
  return carried.map((one) => posted(one, message));
}

/** Whether a file is covered until somebody clicks it. By this beginning of its name Discord knows it, too. */
export function isSpoiler({ name, flags }: Attachment): boolean {
  return name.startsWith(spoilerMark) || flags.has(AttachmentFlags.IsSpoiler);
}

function postedFile(attachment: Attachment, message: Message): PostedImage {
  const { id: attachmentId, url, name, size, description } = attachment;
  const carried = { attachmentId, url, name, ...(isSpoiler(attachment) && { isHidden: true as const }) };
  return { ...posted(carried, message), size, ...(description && { description }) };
}

/** Nobody says how large it is: the download has its limit. */
function posted(carried: Carried, message: Message): PostedImage {
  const { channelId, guildId, id: messageId, createdAt: postedAt } = message;
  const where = { channelId, messageId, ...(guildId && { guildId }) };
  return { ...where, ...carried, authorId: posterOf(message), postedAt, size: 0 };
}

function filesOf(message: Message): Attachment[] {
  return holdersOf(message).flatMap(({ attachments }) => [...attachments.values()]);
}
