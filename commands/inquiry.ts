// Works out whether a message asks the bot something, about which image, and in which conversation.
import { type Message, MessageType } from 'discord.js';
import type { SceneImage } from '../conversation/conversations.ts';
import { aboutNamed } from './about-named.ts';
import { refusalFor } from './allowed.ts';
import { isLockedToUs } from './closed-thread.ts';
import type { PostedImage, Services } from './command.ts';
import { channelConversation, directConversation, threadConversation } from './conversation-id.ts';
import { demandHistory } from './demand-history.ts';
import { UserError } from './errors.ts';
import { emojiAsked, emojiMeant, imageInScene } from './image-in-scene.ts';
import { readsMessages, whyNotSeen } from './intents.ts';
import { isAddressed } from './is-for-bot.ts';
import { showsLink } from './link-preview.ts';
import { newestOrChosen } from './newest-or-chosen.ts';
import { emojiImageOn, imageOn, notAnImage, picturesOn } from './pictures.ts';
import { isLinkAlone, questionAbout, questionText } from './question-text.ts';
import { isRefusal } from './refusal-told.ts';
import { followReplies, repliedTo } from './reply-chain.ts';
import { saying } from './texts/texts.ts';
import { isVisualChat } from './visual-chat.ts';

export interface Inquiry {
  readonly conversationId: string;
  readonly image: SceneImage | PostedImage;
  /** Empty: a caption is asked for. */
  readonly question: string;
}

/**
 * Undefined for a message that isn't meant for the bot.
 * @throws UserError when there is no image that it could be about
 */
export async function understand(message: Message, services: Services): Promise<Inquiry | undefined> {
  const inquiry = await understandAll(message, services);
  return inquiry && aboutNamed(inquiry, message.client, services);
}

async function understandAll(message: Message, services: Services): Promise<Inquiry | undefined> {
  const isSpeech = message.type === MessageType.Default || message.type === MessageType.Reply;
  if (!isSpeech || message.author.bot || message.webhookId) return undefined;
  // Whatever the answer, it could not be posted.
  if (isLockedToUs(message.channel)) return undefined;
  if (message.channel.isDMBased()) return inScene(message, directConversation(message.channelId), services);
  if (isVisualChat(message.channel) && isBetweenPeople(message)) return undefined;
  const refusal = await refusalFor(message, services);
  if (refusal && (isAddressed(message) || isFirstRefusal(message, services))) throw refusal;
  if (refusal) return undefined;
  if (isVisualChat(message.channel)) {
    return inScene(message, threadConversation(message.channelId), services);
  }
  if (!isAddressed(message)) return undefined;
  if (isKeptFromBot(message)) throw new UserError(saying('messageKept'));
  return inChannel(message, services);
}

/** What begins with somebody else's name is for them, and emoji of everybody's are applause. */
function isBetweenPeople(message: Message): boolean {
  if (isAddressed(message) || picturesOn(message).length > 0) return false;
  return /^\s*<@[!&]?\d+>/.test(message.content) || isSmile.test(message.content);
}

const isSmile =
  /^(?:\p{Extended_Pictographic}|\p{Emoji_Modifier}|\p{Regional_Indicator}|[\u200d\ufe0f\s])+$/u;

/** A thread of ours invites people just to write, so that silence would seem a failure; once is enough. */
function isFirstRefusal(message: Message, { refusals }: Services): boolean {
  const { channel, channelId, author } = message;
  const asks = questionText(message) !== '' || picturesOn(message).length > 0;
  return isVisualChat(channel) && asks && refusals.isNews(channelId, author.id);
}

/** A DM or a visual chat: every message is meant for the bot, and a plain one is about the newest image. */
async function inScene(
  message: Message,
  conversationId: string,
  services: Services,
): Promise<Inquiry | undefined> {
  const question = questionText(message);
  await awaitLinked(message, services);
  const posted = imageOrRefusal(message) ?? emojiMeant(message, question);
  // Applause, or a message whose content Discord keeps from the bot.
  if (!posted && !question) return undefined;
  const image = posted ?? (await imageInScene(message, conversationId, services));
  if (!image) throw await noImageInScene(message, services);
  return { conversationId, image, question: questionAbout(image, question) };
}

/** In a channel, the image is on the message, behind the reply, or the newest there. */
async function inChannel(message: Message, services: Services): Promise<Inquiry> {
  await awaitLinked(message, services);
  const image = imageOrRefusal(message) ?? (await imageInChannel(message, services));
  if (!image) throw await noImage(message, services);
  const question = questionAbout(image, questionText(message));
  return { conversationId: channelConversation(image.messageId), image, question };
}

/** A file is there at once. */
async function awaitLinked(message: Message, { previews, signal }: Services): Promise<void> {
  if (!imageOn(message)) await previews.of(message, signal);
}

async function imageInChannel(message: Message, services: Services): Promise<SceneImage | undefined> {
  const { images, signal } = services;
  const { image, start, isBroken, leadsToUs } = await followReplies(message, signal);
  if (image) return image;
  if (message.type !== MessageType.Reply)
    return (
      emojiAsked(message) ??
      (await newestOrChosen(message.channelId, services, message.id)) ??
      emojiImageOn(message)
    );
  const answered = await repliedTo(message, signal);
  if (!leadsToUs) return answered && emojiImageOn(answered);
  if (isBroken) return undefined;
  // Our answer carries no button everywhere; what began the talk was about the newest image of that time.
  const ofThen = await images.newestAsOf(message.channelId, start.id);
  // There was none, as our sentence said: it is about the one that was posted since.
  const isNext = answered !== undefined && isRefusal(answered);
  return ofThen ?? (isNext ? newestOrChosen(message.channelId, services, message.id) : undefined);
}

/** @throws UserError when the message holds a file, a sticker or a link that is none; a text about it must not be taken for another image */
function imageOrRefusal(message: Message): SceneImage | undefined {
  if (isApplause(message)) return picturesOn(message)[0];
  const image = imageOn(message);
  const refusal = image ? undefined : notAnImage(message);
  if (refusal) throw refusal;
  if (!image && isAboutLink(message)) throw new UserError(saying('linkWithoutPicture'));
  return image;
}

/** A reply is about what it answers, whatever it links to beside. */
function isAboutLink(message: Message): boolean {
  return isLinkAlone(message) || (message.type !== MessageType.Reply && showsLink(message));
}

/** In a visual chat, a sticker without words. */
function isApplause({ channel, content, stickers }: Message): boolean {
  return isVisualChat(channel) && stickers.size > 0 && !content;
}

/** Such as a reply without its ping: it seems empty, which is not to be taken for asking nothing. */
function isKeptFromBot(message: Message): boolean {
  const isShown = readsMessages(message.client) || message.mentions.users.has(message.client.user.id);
  return !isShown && !message.content && message.attachments.size + message.stickers.size === 0;
}

async function noImageInScene(message: Message, services: Services): Promise<UserError> {
  demandHistory(message.channel);
  if (message.type === MessageType.Reply) return noImage(message, services);
  return new UserError(saying('postFirst'));
}

async function noImage(message: Message, { signal }: Services): Promise<UserError> {
  demandHistory(message.channel);
  if (message.type !== MessageType.Reply) {
    return new UserError(saying('noPictureToMention', { why: whyNotSeen(message.client) }));
  }
  const answered = await repliedTo(message, signal);
  return (
    (answered && notAnImage(answered)) ??
    new UserError(saying('noPictureBehindReply', { why: whyNotSeen(message.client) }))
  );
}
