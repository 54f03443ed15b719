// What a message that was answered asks now that it is edited, and about which picture.
import { type Message, MessageType } from 'discord.js';
import type { SceneImage } from '../conversation/conversations.ts';
import { aboutNamed } from './about-named.ts';
import type { Asked } from './about-named-picture.ts';
import type { PostedImage, Services } from './command.ts';
import { awaitPreview } from './link-preview.ts';
import { emojiImageOn, imageOn } from './pictures.ts';
import { questionAbout, questionText } from './question-text.ts';
import { followReplies } from './reply-chain.ts';

/**
 * @param about what it was answered about
 * @throws UserError where it names a picture that isn't there
 */
export async function askedNow(message: Message, about: SceneImage, services: Services): Promise<Asked> {
  const image = await unnamedPicture(message, about, services);
  const question = questionAbout(image, questionText(message));
  return aboutNamed({ image, question }, message.client, services);
}

/** Which of the pictures there it means where it names none: as when it was new, and never one posted since. */
async function unnamedPicture(
  message: Message,
  about: SceneImage,
  { signal }: Services,
): Promise<SceneImage | PostedImage> {
  if (about.messageId === message.id) {
    // Another link shows a moment after it was put in the place of one.
    const now = imageOn(message) ? message : await awaitPreview(message, signal);
    return imageOn(now) ?? emojiImageOn(now) ?? about;
  }
  if (message.type !== MessageType.Reply) return about;
  const { image } = await followReplies(message, signal);
  return image?.messageId === about.messageId ? image : about;
}
