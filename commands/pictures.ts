// The pictures that a message carries, in the order a person sees them, and what to say about files that are none.
import type { Attachment, Message } from 'discord.js';
import type { SceneImage } from '../conversation/conversations.ts';
import type { PostedImage } from './command.ts';
import { UserError } from './errors.ts';
import { posterOf } from './poster-of.ts';

/** Those in its files, and in the files of what it forwards. */
export function picturesOn(message: Message): PostedImage[] {
  const found = filesOf(message).filter(isImage);
  const among = found.map(({ id, name }) => ({ attachmentId: id, name }));
  return found.map((attachment) => ({ ...postedImage(attachment, message), among }));
}

export function imageOn(message: Message): PostedImage | undefined {
  return picturesOn(message)[0];
}

/** The picture of that id; undefined when it is no longer on the message. */
export function imageById(message: Message, attachmentId: string): PostedImage | undefined {
  return picturesOn(message).find((picture) => picture.attachmentId === attachmentId);
}

/** Says what the files on a message are when none of them is a picture; undefined where there are none. */
export function notAnImage(message: Message): UserError | undefined {
  const [attachment] = filesOf(message);
  return attachment && notAnImageError(attachment);
}

export function notAnImageError({ name, contentType }: Attachment): UserError {
  const kind = contentType?.split(';')[0];
  return new UserError(
    `\`${name.replaceAll('`', '')}\` is ${kind ? `of type ${kind}` : 'not an image'}, and I can only look at pictures. ${remedyFor(kind)}`,
  );
}

function remedyFor(kind = ''): string {
  if (kind.startsWith('video/')) return 'Post a screenshot of the moment you mean.';
  if (kind === 'application/pdf') return 'Post a screenshot of the page you mean.';
  return 'Post it as a PNG, JPEG, WebP or GIF image.';
}

export function isImage({ contentType, name }: Attachment): boolean {
  return contentType
    ? contentType.startsWith('image/')
    : /\.(png|jpe?g|webp|gif|avif|tiff?|heic|heif|bmp)$/i.test(name);
}

/** Says which of several pictures was looked at; empty where there is but one, or where that isn't known. */
export function placeNote(image: SceneImage | PostedImage): string {
  const among = 'among' in image ? (image.among ?? []) : [];
  if (among.length < 2) return '';
  const number = among.findIndex(({ attachmentId }) => attachmentId === image.attachmentId) + 1;
  return `\n-# I looked at picture ${number} of ${among.length}.`;
}

function postedImage(attachment: Attachment, message: Message): PostedImage {
  const { id, url, name, size, description } = attachment;
  const { channelId, guildId, id: messageId, createdAt: postedAt } = message;
  const where = { channelId, messageId, attachmentId: id, ...(guildId && { guildId }) };
  return {
    ...where,
    authorId: posterOf(message),
    postedAt,
    url,
    name,
    size,
    ...(description && { description }),
  };
}

function filesOf(message: Message): Attachment[] {
  const forwarded = message.messageSnapshots.map((snapshot) => [...snapshot.attachments.values()]);
  return [...message.attachments.values(), ...forwarded.flat()];
}
