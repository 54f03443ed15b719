// Works out whether a message asks the bot something, about which image, and in which conversation.
import { type Message, MessageType, SnowflakeUtil } from 'discord.js';
import type { ConversationRecord, SceneImage } from '../conversation/conversations.ts';
import { imageOn, notAnImage } from './attachments.ts';
import type { Services } from './command.ts';
import { channelConversation, directConversation, threadConversation } from './conversation-id.ts';
import { UserError } from './errors.ts';
import { readsMessages, whyNotSeen } from './intents.ts';
import { mentionsBot, questionText } from './question-text.ts';
import { followReplies, repliedTo } from './reply-chain.ts';
import { isVisualChat } from './visual-chat.ts';

export interface Inquiry {
  readonly conversationId: string;
  readonly image: SceneImage;
  /** Empty: a caption is asked for. */
  readonly question: string;
}

/**
 * Undefined for a message that isn't meant for the bot.
 * @throws UserError when there is no image that it could be about
 */
export async function understand(message: Message, services: Services): Promise<Inquiry | undefined> {
  const isSpeech = message.type === MessageType.Default || message.type === MessageType.Reply;
  if (!isSpeech || message.author.bot || message.webhookId) return undefined;
  if (message.channel.isDMBased()) return inScene(message, directConversation(message.channelId), services);
  if (isVisualChat(message.channel)) {
    return inScene(message, threadConversation(message.channelId), services);
  }
  if (!isAddressed(message)) return undefined;
  if (isKeptFromBot(message)) throw new UserError(cantRead);
  return inChannel(message, services);
}

/** A DM or a visual chat: every message is meant for the bot, and there is one image at a time. */
async function inScene(
  message: Message,
  conversationId: string,
  services: Services,
): Promise<Inquiry | undefined> {
  const question = questionText(message);
  const posted = imageOrRefusal(message);
  // A sticker, or a message whose content Discord keeps from the bot.
  if (!posted && !question) return undefined;
  const image = posted ?? (await imageInScene(message, conversationId, services));
  if (!image) throw new UserError('Post a picture here first, then ask me about it.');
  return { conversationId, image, question };
}

/** A reply to talk from before the newest picture is about the picture of that time. */
async function imageInScene(
  message: Message,
  conversationId: string,
  services: Services,
): Promise<SceneImage | undefined> {
  const { image, start } = await followReplies(message);
  if (image) return image;
  const [then, now] = await Promise.all(
    [start, message].map(({ id }) => services.images.newestIn(message.channelId, id)),
  );
  return then && then.messageId !== now?.messageId ? then : sceneImage(conversationId, message, services);
}

/** In a channel, the image is on the message, behind the reply, or the newest there. */
async function inChannel(message: Message, services: Services): Promise<Inquiry> {
  const isReply = message.type === MessageType.Reply;
  const image =
    imageOrRefusal(message) ??
    (await followReplies(message)).image ??
    (isReply ? undefined : await services.images.newestIn(message.channelId, message.id));
  if (!image) throw await noImage(message);
  return { conversationId: channelConversation(image.messageId), image, question: questionText(message) };
}

/** @throws UserError when the message holds a file that is none; a text about it must not be taken for another image */
function imageOrRefusal(message: Message): SceneImage | undefined {
  const image = imageOn(message);
  const refusal = image ? undefined : notAnImage(message);
  if (refusal) throw refusal;
  return image;
}

const cantRead =
  "Discord doesn't show me messages that don't mention me: the Message Content intent is off. Mention me, or leave the ping of your reply on.";

/** Such as a reply without its ping: it seems empty, which is not to be taken for asking nothing. */
function isKeptFromBot(message: Message): boolean {
  const isShown = readsMessages(message.client) || message.mentions.users.has(message.client.user.id);
  return !isShown && !message.content && message.attachments.size === 0;
}

function isAddressed(message: Message): boolean {
  return mentionsBot(message) || message.mentions.repliedUser?.id === message.client.user.id;
}

/**
 * What the conversation is about, unless an image was posted since its last question (as when the bot was away). One
 * that was posted after the message, while others were waited for, doesn't count.
 */
async function sceneImage(
  conversationId: string,
  { channelId, id }: Message,
  { conversations, images }: Services,
): Promise<SceneImage | undefined> {
  const [record, newest] = await Promise.all([
    conversations.recall(conversationId),
    images.newestIn(channelId, id),
  ]);
  if (!record) return newest;
  return newest && newest.postedAt.getTime() > lastTouched(record) ? newest : record.image;
}

function lastTouched({ image, turns }: ConversationRecord): number {
  const lastTurn = turns.at(-1);
  return lastTurn ? Date.parse(lastTurn.at) : SnowflakeUtil.timestampFrom(image.messageId);
}

async function noImage(message: Message): Promise<UserError> {
  if (message.type !== MessageType.Reply) {
    return new UserError(
      `I found no picture here. ${whyNotSeen(message.client)}Post one in a message that mentions me, or reply to one and mention me.`,
    );
  }
  const answered = await repliedTo(message);
  return (
    (answered && notAnImage(answered)) ??
    new UserError(
      `I can't find a picture behind that reply. ${whyNotSeen(message.client)}Reply to the message that holds it, or post it again and mention me.`,
    )
  );
}
