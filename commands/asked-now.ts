// What a message that was answered asks now that it is edited, and about which picture.
import { type Message, MessageType } from 'discord.js';
import type { SceneImage } from '../conversation/conversations.ts';
import { aboutNamed } from './about-named.ts';
import type { Asked } from './about-named-picture.ts';
import type { PostedImage, Services } from './command.ts';
import { emojiAsked, emojiMeant } from './image-in-scene.ts';
import { awaitPreview } from './link-preview.ts';
import { emojiImageOn, imageOn } from './pictures.ts';
import { questionAbout, questionText } from './question-text.ts';
import { followReplies } from './reply-chain.ts';
import { isVisualChat } from './visual-chat.ts';

/**
 * @param about what it was answered about
 * @throws UserError where it names a picture that isn't there
 */
export async function askedNow(message: Message, about: SceneImage, services: Services): Promise<Asked> {
  const image = await unnamedPicture(message, about, services);
  const question = questionAbout(image, questionText(message));
  return aboutNamed({ image, question }, message.client, services);
}

/** Which picture it means where it names none: as when it was new, and never one that was posted since. */
async function unnamedPicture(
  message: Message,
  about: SceneImage,
  { signal }: Services,
): Promise<SceneImage | PostedImage> {
  // A link shows a moment after it was put in, or in the place of another.
  const now = imageOn(message) ? message : await awaitPreview(message, signal);
  const own = imageOn(now) ?? (about.messageId === message.id ? emojiImageOn(now) : emojiAdded(now));
  if (own || about.messageId === message.id) return own ?? about;
  if (message.type !== MessageType.Reply) return about;
  const { image } = await followReplies(message, signal);
  return image?.messageId === about.messageId ? image : about;
}

/** To a question about a picture elsewhere: in a talk, and in a reply, it is mostly a smile. */
function emojiAdded(message: Message): PostedImage | undefined {
  const { channel, type } = message;
  if (channel.isDMBased() || isVisualChat(channel)) return emojiMeant(message, questionText(message));
  return type === MessageType.Reply ? undefined : emojiAsked(message);
}
