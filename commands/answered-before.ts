// How a message was answered: as the memory has it, or as the chat shows it.
import type { Message } from 'discord.js';
import type { SceneImage, TurnPlace } from '../conversation/conversations.ts';
import type { Services } from './command.ts';
import { conversationAbout } from './conversation-about.ts';
import { isCaption } from './is-caption.ts';
import { isForBot } from './is-for-bot.ts';
import { messagesOfAnswer } from './messages-of-answer.ts';
import { imageNamedBy } from './named-image.ts';
import { pictureChosenOn } from './picture-menu.ts';
import { repliesTo } from './replies-to.ts';

export interface AnsweredBefore {
  /** The messages that show it, in order, as far as they are known. */
  readonly answerIds: readonly string[];
  /** What was answered; absent where only a sentence said what went wrong. */
  readonly before?: {
    readonly conversationId: string;
    readonly image: SceneImage;
    /** Empty: with a caption. */
    readonly question: string;
  };
  /** Absent for a caption. */
  readonly place?: TurnPlace;
}

/** Undefined where it was not answered, or nothing tells with what. */
export async function answeredBefore(
  message: Message,
  services: Services,
): Promise<AnsweredBefore | undefined> {
  const place = await services.conversations.turnOf(message.id);
  if (place?.turn.messageId === message.id) {
    const { conversationId, image, turn } = place;
    const before = { conversationId, image, question: turn.question };
    return { answerIds: turn.answerIds ?? [], before, place };
  }
  return isForBot(message) ? byReplies(message, services) : undefined;
}

async function byReplies(message: Message, services: Services): Promise<AnsweredBefore | undefined> {
  const replies = await repliesTo(message, services.signal);
  const last = replies.find(({ components }) => components.length > 0);
  if (!last) {
    const answerIds = replies.map(({ id }) => id).reverse();
    return answerIds.length > 0 ? { answerIds } : undefined;
  }
  const image = isCaption(last) ? (imageNamedBy(last) ?? pictureChosenOn(last)) : undefined;
  // Of an answer whose question is forgotten, nothing is to be built on.
  if (!image) return undefined;
  const conversationId = await conversationAbout(message, image, services);
  const answerIds = (await messagesOfAnswer(last, services.signal)).map(({ id }) => id);
  return { answerIds, before: { conversationId, image, question: '' } };
}
