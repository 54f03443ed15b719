// What a message is answered with: a caption where it only holds a picture, else what the model says to its question.
import type { Message } from 'discord.js';
import type { OnProgress } from '../conversation/conversations.ts';
import type { Services } from './command.ts';
import { channelConversation } from './conversation-id.ts';
import { UserError } from './errors.ts';
import type { Inquiry } from './inquiry.ts';
import { isUnreadable } from './look-at.ts';
import { lookAtReadable } from './look-at-readable.ts';
import { namedPicture } from './picture-number.ts';
import { questionText } from './question-text.ts';
import { saying } from './texts/texts.ts';
import { toldAnswer, toldCaption } from './told-answer.ts';

/** With the language that the answer is in. */
export interface Heard extends Inquiry {
  readonly locale: string;
}

/** An inquiry while it is answered. */
export interface Answering extends Heard {
  readonly onProgress?: OnProgress;
  /** It asked something else before. */
  readonly isEdited?: true;
}

export interface Said {
  /** Discord's markdown. */
  readonly text: string;
  /** What it is about: another one of the message where the first can't be read. */
  readonly image: Inquiry['image'];
}

export async function answerTo(message: Message, inquiry: Answering, services: Services): Promise<Said> {
  const look = (image: Inquiry['image']) => captionOrAnswer(message, { ...inquiry, image }, services);
  const { image: about, locale } = inquiry;
  try {
    const isNamed = namedPicture(questionText(message)) !== undefined;
    const { image, seen, note } = await lookAtReadable(about, { locale, isNamed }, services, look);
    return { image, text: `${seen}${note}` };
  } catch (error) {
    if (!isUnreadable(error) || !(await hasPictureBefore(message, inquiry, services))) throw error;
    throw new UserError(saying('goOnBefore', { problem: error.saying }), { cause: error });
  }
}

/** In a scene, where there is one picture at a time. */
async function hasPictureBefore(
  { channelId }: Message,
  { conversationId, image }: Inquiry,
  { conversations, images }: Services,
): Promise<boolean> {
  if (conversationId === channelConversation(image.messageId)) return false;
  const before = (await conversations.recall(conversationId))?.image ?? (await images.newestIn(channelId));
  return before !== undefined && before.messageId !== image.messageId;
}

async function captionOrAnswer(message: Message, inquiry: Answering, services: Services): Promise<string> {
  const { conversationId, image, question, locale, onProgress, isEdited } = inquiry;
  const { conversations, images, signal } = services;
  const askedBy = message.author.id;
  const fetchImage = () => images.fetch(image, signal);
  const request = { image, fetchImage, askedBy, signal, ...(onProgress && { onProgress }) };
  if (!question) {
    const caption = await conversations.caption({ ...request, beginsIn: conversationId });
    if (isEdited) await conversations.retract(message.id);
    return toldCaption(caption, locale, image);
  }
  const answer = await conversations.ask(conversationId, {
    ...request,
    question,
    messageId: message.id,
    ...(isEdited && { isEdited }),
  });
  return toldAnswer({ answer, image, locale });
}
