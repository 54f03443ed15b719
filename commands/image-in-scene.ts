// Which picture a message is about where one is talked about: in direct messages and in visual chats.
import { type Message, MessageType } from 'discord.js';
import type { ConversationRecord, Scene, SceneImage } from '../conversation/conversations.ts';
import { isNewer } from '../conversation/message-order.ts';
import { sceneAskedIn, scenesOf } from '../conversation/scenes.ts';
import type { PostedImage, Services } from './command.ts';
import { emojiImageOn } from './pictures.ts';
import { mentionsBot, questionAbout, questionText } from './question-text.ts';
import { followReplies, type ReplyChain, repliedTo } from './reply-chain.ts';

/** A reply is about the picture of the talk that it leads back to, and leaves the others to theirs. */
export async function imageInScene(
  message: Message,
  conversationId: string,
  services: Services,
): Promise<SceneImage | undefined> {
  const replies = await followReplies(message, services.signal);
  if (replies.image) return replies.image;
  const record = await services.conversations.recall(conversationId);
  return replies.answeredIds.length === 0
    ? imageOfTalk(message, record, services)
    : imageBehind(message, replies, record, services);
}

async function imageOfTalk(
  message: Message,
  record: ConversationRecord | undefined,
  { images, preferences }: Services,
): Promise<SceneImage | undefined> {
  const newest = await images.newestIn(message.channelId, message.id);
  // One that is kept from us disturbs no talk about the picture before it.
  const isKept = record && newest && preferences.privacy.hasOptedOut(newest.authorId);
  return sceneImage(record, isKept ? undefined : newest);
}

async function imageBehind(
  message: Message,
  { start, answeredIds, isBroken, leadsToUs }: ReplyChain,
  record: ConversationRecord | undefined,
  { images, signal }: Services,
): Promise<SceneImage | undefined> {
  const scene = sceneOfAny(record, answeredIds);
  if (scene) return scene.image;
  const answered = leadsToUs ? undefined : await repliedTo(message, signal);
  const emoji = answered && emojiMeant(answered, questionText(answered));
  if (emoji) return emoji;
  // Another picture's answers must not stand before a question about one that is gone.
  if (isBroken) return undefined;
  return (await images.newestAsOf(message.channelId, start.id)) ?? record?.image;
}

/** What the conversation is about, unless a newer image was posted (as when the bot was away). */
export function sceneImage(
  record: ConversationRecord | undefined,
  newest: SceneImage | undefined,
): SceneImage | undefined {
  if (!record) return newest;
  return newest && isNewer(newest.messageId, record.image.messageId) ? newest : record.image;
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

/**
 * In a talk about another picture an emoji is mostly a smile: it is meant where it stands alone, is named, or is shown
 * to the bot with a mention.
 */
export function emojiMeant(message: Message, question: string): PostedImage | undefined {
  const emoji = emojiImageOn(message);
  if (!emoji || questionAbout(emoji, question) === '') return emoji;
  if (message.type === MessageType.Reply) return undefined;
  return mentionsBot(message) || namesEmoji.test(question) ? emoji : undefined;
}

/** In a channel one that only adorns the end of a question leaves that to the newest picture. */
export function emojiAsked(message: Message): PostedImage | undefined {
  const question = questionText(message);
  const [asked = ''] = question.split(/(?<=[.?!…。？！])\s*(?=(?::\w+:\s*)+$)/);
  const adorns = asked !== question && !/:\w+:/.test(asked) && !/emoji|emote|絵文字|表情/i.test(asked);
  return adorns ? undefined : emojiImageOn(message);
}

const namesEmoji =
  /^(?:and )?(?:(?:what|who)(?:['’]s| is| are| does)|describe|caption) (?:the )?(?:emoji )?:\w+:/i;
