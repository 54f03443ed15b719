// Answers a message that asks something: with a caption where it only holds an image.
import type { Message } from 'discord.js';
import type { OnProgress } from '../conversation/conversations.ts';
import { answerRow } from './answer-row.ts';
import type { Services } from './command.ts';
import { channelConversation } from './conversation-id.ts';
import { UserError } from './errors.ts';
import type { Inquiry } from './inquiry.ts';
import { languageNote, languageOf } from './language-of.ts';
import { isUnreadable, lookAt } from './look-at.ts';
import { pictureRows } from './picture-menu.ts';
import { replyToMessage } from './reply.ts';
import { ReplyDraft } from './reply-draft.ts';
import { saying } from './texts/texts.ts';
import { toldAnswer, toldCaption } from './told-answer.ts';
import { duringTyping } from './typing-in.ts';

export async function answerMessage(message: Message, inquiry: Inquiry, services: Services): Promise<void> {
  const locale = await languageOf(message, services);
  const draft = new ReplyDraft(message, locale);
  try {
    const text = await duringTyping(message.channel, services, (stopTyping) =>
      services.drafts.during(
        draft,
        (onProgress) => answerTo(message, { ...inquiry, locale, onProgress }, services),
        stopTyping,
      ),
    );
    const note = await languageNote(message.author.id, locale, services);
    await give(message, { ...inquiry, locale }, `${text}${note}`, draft, services);
  } catch (error) {
    await remove(draft, services);
    throw error;
  }
}

async function give(
  message: Message,
  { conversationId, image, question, locale }: Heard,
  text: string,
  draft: ReplyDraft,
  { conversations, signal }: Services,
): Promise<void> {
  const { id, author, channel } = message;
  const row = answerRow({ image, ...(question && { turnId: id }), askerId: author.id, channel, locale });
  const components = [row, ...pictureRows(image, locale)];
  try {
    const answerIds = await replyToMessage(message, { text, components }, signal, draft);
    await conversations.noteAnswer(id, answerIds);
  } catch (error) {
    // It reached nobody, so that nothing may build on it.
    await conversations.retract(conversationId, id);
    throw error;
  }
}

/** What went wrong matters more than that half an answer may stay. */
async function remove(draft: ReplyDraft, { log, signal }: Services): Promise<void> {
  try {
    await draft.remove(signal);
  } catch (error) {
    log.warn({ err: error, messageId: draft.messageId }, 'Could not remove the draft of an answer');
  }
}

/** With the language that the answer is in. */
interface Heard extends Inquiry {
  readonly locale: string;
}

/** An inquiry while it is answered. */
interface Answering extends Heard {
  readonly onProgress: OnProgress;
}

async function answerTo(message: Message, inquiry: Answering, services: Services): Promise<string> {
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

async function captionOrAnswer(message: Message, inquiry: Answering, services: Services): Promise<string> {
  const { conversationId, image, question, locale, onProgress } = inquiry;
  const { conversations, images, signal } = services;
  const askedBy = message.author.id;
  const request = { image, fetchImage: () => images.fetch(image, signal), askedBy, onProgress, signal };
  if (!question) {
    const caption = await conversations.caption(request);
    // Only now: an image that can't be read leaves the scene as it is.
    await conversations.begin(conversationId, image);
    return toldCaption(caption, locale, image);
  }
  const answer = await conversations.ask(conversationId, {
    ...request,
    question,
    messageId: message.id,
  });
  return toldAnswer({ answer, image, locale });
}
