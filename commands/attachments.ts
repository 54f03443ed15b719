// Which of the files on a message are images, and what to say about those that aren't.
import type { Attachment, Message } from 'discord.js';
import type { SceneImage } from '../conversation/conversations.ts';
import type { PostedImage } from './command.ts';
import { UserError } from './errors.ts';
import { posterOf } from './poster-of.ts';

/** The first image that hangs on a message, or on what it forwards. */
export function imageOn(message: Message): PostedImage | undefined {
  const attachment = attachmentsOf(message).find(isImage);
  return attachment && postedImage(attachment, message);
}

/** The image of that id; undefined when it is no longer on the message. */
export function imageById(message: Message, attachmentId: string): PostedImage | undefined {
  const attachment = attachmentsOf(message).find(({ id }) => id === attachmentId);
  return attachment && postedImage(attachment, message);
}

/** Says what the files on a message are when none of them is an image; undefined where there are none. */
export function notAnImage(message: Message): UserError | undefined {
  const [attachment] = attachmentsOf(message);
  return attachment && notAnImageError(attachment);
}

export function notAnImageError({ name, contentType }: Attachment): UserError {
  const kind = contentType?.split(';')[0];
  return new UserError(
    `\`${name.replaceAll('`', '')}\` is ${kind ? `of type ${kind}` : 'not an image'}, and I can only look at pictures. Post it as a PNG, JPEG, WebP or GIF image.`,
  );
}

export function isImage({ contentType, name }: Attachment): boolean {
  return contentType
    ? contentType.startsWith('image/')
    : /\.(png|jpe?g|webp|gif|avif|tiff?|heic|bmp)$/i.test(name);
}

export function postedImage(attachment: Attachment, message: Message): PostedImage {
  return {
    channelId: message.channelId,
    messageId: message.id,
    attachmentId: attachment.id,
    authorId: posterOf(message),
    ...(message.guildId && { guildId: message.guildId }),
    postedAt: message.createdAt,
    url: attachment.url,
    name: attachment.name,
    size: attachment.size,
    place: placeOf(attachment, message),
  };
}

/** Says which of several images was looked at; empty where there is but one, or where that isn't known. */
export function placeNote(image: SceneImage | PostedImage): string {
  const place = 'place' in image ? image.place : undefined;
  return place && place.count > 1 ? `\n-# I looked at picture ${place.number} of ${place.count}.` : '';
}

function placeOf({ id }: Attachment, message: Message): NonNullable<PostedImage['place']> {
  const images = attachmentsOf(message).filter(isImage);
  return { number: images.findIndex((image) => image.id === id) + 1, count: images.length };
}

function attachmentsOf(message: Message): Attachment[] {
  const forwarded = message.messageSnapshots.map((snapshot) => [...snapshot.attachments.values()]);
  return [...message.attachments.values(), ...forwarded.flat()];
}
