// Works out whether a message asks the bot something, about which image, and in which conversation.
import { type Message, MessageType } from 'discord.js';
import type { ConversationRecord, Scene, SceneImage } from '../conversation/conversations.ts';
import { isNewer } from '../conversation/message-order.ts';
import { sceneAskedIn, scenesOf } from '../conversation/scenes.ts';
import { aboutNamed } from './about-named.ts';
import { refusalFor } from './allowed.ts';
import { isLockedToUs } from './closed-thread.ts';
import type { PostedImage, Services } from './command.ts';
import { channelConversation, directConversation, threadConversation } from './conversation-id.ts';
import { demandHistory } from './demand-history.ts';
import { UserError } from './errors.ts';
import { readsMessages, whyNotSeen } from './intents.ts';
import { isAddressed } from './is-for-bot.ts';
import { awaitPreview } from './link-preview.ts';
import { newestOrChosen } from './newest-or-chosen.ts';
import { emojiImageOn, imageOn, notAnImage } from './pictures.ts';
import { mentionsBot, questionAbout, questionText } from './question-text.ts';
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
  const refusal = refusalFor(message, services);
  if (refusal && isAddressed(message)) throw refusal;
  if (refusal) return undefined;
  if (isVisualChat(message.channel)) {
    return inScene(message, threadConversation(message.channelId), services);
  }
  if (!isAddressed(message)) return undefined;
  if (isKeptFromBot(message)) throw new UserError(saying('messageKept'));
  return inChannel(message, services);
}

/** A DM or a visual chat: every message is meant for the bot, and a plain one is about the newest image. */
async function inScene(
  message: Message,
  conversationId: string,
  services: Services,
): Promise<Inquiry | undefined> {
  const question = questionText(message);
  const isDirect = message.channel.isDMBased();
  if (isDirect) await awaitLinked(message, services);
  const posted = imageOrRefusal(message) ?? emojiMeant(message, question);
  // Applause, or a message whose content Discord keeps from the bot.
  if (!posted && !question) return undefined;
  const image = posted ?? (await imageInScene(message, conversationId, services));
  if (!image) throw await noImageInScene(message, services);
  return { conversationId, image, question: questionAbout(image, question) };
}

/**
 * In a talk about another picture an emoji is mostly a smile: it is meant where it stands alone, is named, or is shown
 * to the bot with a mention.
 */
function emojiMeant(message: Message, question: string): PostedImage | undefined {
  const emoji = emojiImageOn(message);
  if (!emoji || questionAbout(emoji, question) === '') return emoji;
  if (message.type === MessageType.Reply) return undefined;
  return mentionsBot(message) || namesEmoji.test(question) ? emoji : undefined;
}

const namesEmoji =
  /^(?:and )?(?:(?:what|who)(?:['’]s| is| are| does)|describe|caption) (?:the )?(?:emoji )?:\w+:/i;

/** A reply is about the picture of the talk that it leads back to, and leaves the others to theirs. */
async function imageInScene(
  message: Message,
  conversationId: string,
  { conversations, images, preferences, signal }: Services,
): Promise<SceneImage | undefined> {
  const { image, start, answeredIds, isBroken, leadsToUs } = await followReplies(message, signal);
  if (image) return image;
  const record = await conversations.recall(conversationId);
  const isReply = answeredIds.length > 0;
  if (!isReply) {
    const newest = await images.newestIn(message.channelId, message.id);
    // One that is kept from us disturbs no talk about the picture before it.
    const isKept = record && newest && preferences.privacy.hasOptedOut(newest.authorId);
    return sceneImage(record, isKept ? undefined : newest);
  }
  const scene = sceneOfAny(record, answeredIds);
  if (scene) return scene.image;
  const answered = leadsToUs ? undefined : await repliedTo(message, signal);
  const emoji = answered && emojiMeant(answered, questionText(answered));
  if (emoji) return emoji;
  // Another picture's answers must not stand before a question about one that is gone.
  if (isBroken) return undefined;
  return (await images.newestAsOf(message.channelId, start.id)) ?? record?.image;
}

/** The scene of the nearest message that is a picture or asked about one, as far as that is kept. */
function sceneOfAny(
  record: ConversationRecord | undefined,
  messageIds: readonly string[],
): Scene | undefined {
  for (const id of messageIds) {
    const scene = sceneAskedIn(record, id) ?? scenesOf(record).find(({ image }) => image.messageId === id);
    if (scene) return scene;
  }
  return undefined;
}

/** In a channel, the image is on the message, behind the reply, or the newest there. */
async function inChannel(message: Message, services: Services): Promise<Inquiry> {
  await awaitLinked(message, services);
  const image = imageOrRefusal(message) ?? (await imageInChannel(message, services));
  if (!image) throw await noImage(message, services);
  const question = questionAbout(image, questionText(message));
  return { conversationId: channelConversation(image.messageId), image, question };
}

/** A reply means what it answers, and a file is there at once. */
async function awaitLinked(message: Message, { signal }: Services): Promise<void> {
  if (message.type !== MessageType.Reply && !imageOn(message)) await awaitPreview(message, signal);
}

async function imageInChannel(message: Message, services: Services): Promise<SceneImage | undefined> {
  const { images, signal } = services;
  const { image, start, isBroken, leadsToUs } = await followReplies(message, signal);
  if (image) return image;
  if (message.type !== MessageType.Reply)
    return emojiImageOn(message) ?? newestOrChosen(message.channelId, services, message.id);
  // Our answer carries no button everywhere; what began the talk was about the newest image of that time.
  if (leadsToUs) return isBroken ? undefined : images.newestAsOf(message.channelId, start.id);
  const answered = await repliedTo(message, signal);
  return answered && emojiImageOn(answered);
}

/** @throws UserError when the message holds a file or sticker that is none; a text about it must not be taken for another image */
function imageOrRefusal(message: Message): SceneImage | undefined {
  // In a visual chat, a sticker is applause.
  if (isVisualChat(message.channel) && message.stickers.size > 0) return undefined;
  const image = imageOn(message);
  const refusal = image ? undefined : notAnImage(message);
  if (refusal) throw refusal;
  return image;
}

/** Such as a reply without its ping: it seems empty, which is not to be taken for asking nothing. */
function isKeptFromBot(message: Message): boolean {
  const isShown = readsMessages(message.client) || message.mentions.users.has(message.client.user.id);
  return !isShown && !message.content && message.attachments.size + message.stickers.size === 0;
}

/** What the conversation is about, unless a newer image was posted (as when the bot was away). */
export function sceneImage(
  record: ConversationRecord | undefined,
  newest: SceneImage | undefined,
): SceneImage | undefined {
  if (!record) return newest;
  return newest && isNewer(newest.messageId, record.image.messageId) ? newest : record.image;
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
