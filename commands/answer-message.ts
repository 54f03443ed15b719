// Answers a message that asks something: with a caption where it only holds an image.
import { type Message, Routes, type SendableChannels } from 'discord.js';
import type { Services } from './command.ts';
import { continueRow } from './continue-button.ts';
import { channelConversation } from './conversation-id.ts';
import { UserError } from './errors.ts';
import type { Inquiry } from './inquiry.ts';
import { isUnreadable, lookAt } from './look-at.ts';
import { memoryNote } from './memory-note.ts';
import { pictureRows } from './picture-menu.ts';
import { placeNote } from './pictures.ts';
import { spoken } from './plain-text.ts';
import { replyToMessage } from './reply.ts';
import type { TypingChannel } from './typing.ts';
import { canHoldThreads } from './visual-chat.ts';

export async function answerMessage(message: Message, inquiry: Inquiry, services: Services): Promise<void> {
  const { channel } = message;
  const text = channel.isSendable()
    ? await services.typing.during(typingIn(channel), () => answerTo(message, inquiry, services))
    : await answerTo(message, inquiry, services);
  const buttons = canHoldThreads(channel) ? [continueRow(inquiry.image)] : [];
  const components = [...buttons, ...pictureRows(inquiry.image)];
  try {
    const told = `${text}${placeNote(inquiry.image)}`;
    await replyToMessage(message, { text: told, components }, services.signal);
  } catch (error) {
    // It reached nobody, so that nothing may build on it.
    await services.conversations.retract(inquiry.conversationId, message.id);
    throw error;
  }
}

function typingIn({ id, client }: SendableChannels): TypingChannel {
  return { id, sendTyping: (signal) => client.rest.post(Routes.channelTyping(id), { signal }) };
}

async function answerTo(message: Message, inquiry: Inquiry, services: Services): Promise<string> {
  try {
    return await lookAt(inquiry.image, services, () => captionOrAnswer(message, inquiry, services));
  } catch (error) {
    if (!isUnreadable(error) || !(await hasPictureBefore(message, inquiry, services))) throw error;
    throw new UserError(`${error.message} Until then we go on with the picture before it.`, { cause: error });
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
    return spoken(caption);
  }
  const answer = await conversations.ask(conversationId, {
    ...request,
    question,
    messageId: message.id,
  });
  return `${spoken(answer.text)}${memoryNote(answer)}`;
}
