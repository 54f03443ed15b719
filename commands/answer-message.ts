// Answers a message that asks something: with a caption where it only holds an image.
import type { Message } from 'discord.js';
import { answerRow } from './answer-row.ts';
import type { Services } from './command.ts';
import { channelConversation } from './conversation-id.ts';
import { UserError } from './errors.ts';
import type { Inquiry } from './inquiry.ts';
import { languageNote, languageOf } from './language-of.ts';
import { isUnreadable, lookAt } from './look-at.ts';
import { pictureRows } from './picture-menu.ts';
import { placeNote } from './pictures.ts';
import { spoken } from './plain-text.ts';
import { replyToMessage } from './reply.ts';
import { saying } from './texts/texts.ts';
import { toldAnswer } from './told-answer.ts';
import { duringTyping } from './typing-in.ts';

export async function answerMessage(message: Message, inquiry: Inquiry, services: Services): Promise<void> {
  const { channel, author } = message;
  const { image, question } = inquiry;
  const locale = await languageOf(message, services);
  const answer = await duringTyping(channel, services, () => answerTo(message, inquiry, services));
  const text = `${answer}${await languageNote(author.id, locale, services)}`;
  const turn = question && { turnId: message.id };
  const row = answerRow({ image, ...turn, askerId: author.id, channel });
  const components = [row, ...pictureRows(image)];
  try {
    const answerIds = await replyToMessage(message, { text, components }, services.signal);
    await services.conversations.noteAnswer(message.id, answerIds);
  } catch (error) {
    // It reached nobody, so that nothing may build on it.
    await services.conversations.retract(inquiry.conversationId, message.id);
    throw error;
  }
}

async function answerTo(message: Message, inquiry: Inquiry, services: Services): Promise<string> {
  try {
    return await lookAt(inquiry.image, services, () => captionOrAnswer(message, inquiry, services));
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

async function captionOrAnswer(message: Message, inquiry: Inquiry, services: Services): Promise<string> {
  const { conversationId, image, question } = inquiry;
  const { conversations, images, signal } = services;
  const askedBy = message.author.id;
  const request = { image, fetchImage: () => images.fetch(image, signal), askedBy, signal };
  if (!question) {
    const caption = await conversations.caption(request);
    // Only now: an image that can't be read leaves the scene as it is.
    await conversations.begin(conversationId, image);
    return `${spoken(caption)}${placeNote(image)}`;
  }
  const answer = await conversations.ask(conversationId, {
    ...request,
    question,
    messageId: message.id,
  });
  return toldAnswer({ answer, image });
}
