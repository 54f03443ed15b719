// Answers a message that asks something: with a caption where it only holds an image.
import type { Message } from 'discord.js';
import { ImageError } from '../models/errors.ts';
import type { Services } from './command.ts';
import { continueRow } from './continue-button.ts';
import type { Inquiry } from './inquiry.ts';
import { spoken } from './plain-text.ts';
import { replyToMessage } from './reply.ts';
import { canHoldThreads } from './visual-chat.ts';

export async function answerMessage(message: Message, inquiry: Inquiry, services: Services): Promise<void> {
  const { channel } = message;
  const text = channel.isSendable()
    ? await services.typing.during(channel, () => answerTo(message, inquiry, services))
    : await answerTo(message, inquiry, services);
  const components = canHoldThreads(channel) ? [continueRow(inquiry.image)] : [];
  await replyToMessage(message, { text: spoken(text), components }, services.signal);
}

async function answerTo(message: Message, inquiry: Inquiry, services: Services): Promise<string> {
  try {
    return await captionOrAnswer(message, inquiry, services);
  } catch (error) {
    if (error instanceof ImageError) services.images.markUnreadable(inquiry.image);
    throw error;
  }
}

async function captionOrAnswer(message: Message, inquiry: Inquiry, services: Services): Promise<string> {
  const { conversationId, image, question } = inquiry;
  const { conversations, images, signal } = services;
  const request = { image, fetchImage: () => images.fetch(image, signal), signal };
  if (!question) {
    const caption = await conversations.caption(request);
    // Only now: an image that can't be read leaves the scene as it is.
    await conversations.begin(conversationId, image);
    return caption;
  }
  const { text } = await conversations.ask(conversationId, {
    ...request,
    question,
    askedBy: message.author.id,
    // Discord's clock and not the answer's: a picture posted while the answer was being made begins a new scene.
    askedAt: message.createdAt,
  });
  return text;
}
