// The sentence under an edited message that says why it is not answered as it reads now: one at most.
import { DiscordAPIError, type Message } from 'discord.js';
import { deleteMessage, isGone } from './delete-message.ts';
import { isLong } from './messages-of-answer.ts';
import { quietly } from './outgoing.ts';
import { patiently } from './patience.ts';
import { repliesTo } from './replies-to.ts';
import { replyToMessage } from './reply.ts';

/** In the place of what was told of it before. */
export async function tellRefusal(message: Message, text: string, signal: AbortSignal): Promise<void> {
  const [told] = await refusalsOf(message, signal);
  if (told?.content === text) return;
  if (told && (await edit(told, text, signal))) return;
  await replyToMessage(message, { text }, signal);
}

/** It holds no longer. */
export async function takeBackRefusals(message: Message, signal: AbortSignal): Promise<void> {
  try {
    for (const refusal of await refusalsOf(message, signal)) await deleteMessage(refusal, signal);
  } catch (error) {
    // What can't be read or taken back stays; the answer is there.
    if (!(error instanceof DiscordAPIError)) throw error;
  }
}

/** Answers have buttons, at least under their last part. */
export function isRefusal(message: Message): boolean {
  const { author, client, components } = message;
  return author.id === client.user.id && components.length === 0 && !isLong(message);
}

async function refusalsOf(message: Message, signal: AbortSignal): Promise<readonly Message[]> {
  return (await repliesTo(message, signal)).filter(isRefusal);
}

/** @returns whether it was there still */
async function edit(told: Message, content: string, signal: AbortSignal): Promise<boolean> {
  try {
    await patiently(() => told.edit({ content, ...quietly }), signal);
    return true;
  } catch (error) {
    if (isGone(error)) return false;
    throw error;
  }
}
