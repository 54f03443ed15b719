// The messages that show an answer, found by the last of them, which has the buttons: where no turn in the memory names
// them, as of a caption.
import { DiscordAPIError, type Message } from 'discord.js';
import { patiently } from './patience.ts';
import { maxMessageCharacters } from './split-text.ts';

/** Others may have written between the parts. */
const lookedThrough = 50;
/** A part that others follow is cut behind its middle; no sentence of the bot's own is as long. */
const fewestCharacters = maxMessageCharacters / 4;
/** Parts that answer no message follow each other. */
const soonMs = 60_000;

/** @returns in order, `last` at the end; no others where the bot may not read what stands above */
export async function messagesOfAnswer(
  last: Message,
  signal: AbortSignal,
): Promise<readonly [Message, ...Message[]]> {
  if (isResponse(last)) return [last];
  const candidates = (await messagesBefore(last, signal)).filter((message) => mayGoOn(message, last));
  let found: [Message, ...Message[]] = [last];
  for (;;) {
    const further = candidates.filter((message) => !found.includes(message) && isOfSame(message, found));
    if (further.length === 0) return found;
    found = [...further, ...found].sort((a, b) => a.createdTimestamp - b.createdTimestamp) as typeof found;
  }
}

function mayGoOn(message: Message, last: Message): boolean {
  return message.author.id === last.author.id && message.components.length === 0 && isLong(message);
}

/** So that it may be a part of an answer, and is no sentence of the bot's own. */
export function isLong({ content }: Message): boolean {
  return content.length >= fewestCharacters;
}

/** Parts answer the same message, or one of them; where Discord waited no longer, they answer none. */
function isOfSame(message: Message, parts: readonly Message[]): boolean {
  const answered = parts.flatMap((part) => (isResponse(part) ? [] : (part.reference?.messageId ?? [])));
  if (answered.length > 0) {
    return answered.includes(message.id) || answered.includes(message.reference?.messageId ?? '');
  }
  const isSoon = parts.some((part) => part.createdTimestamp - message.createdTimestamp < soonMs);
  return isSoon && !message.reference && !message.interactionMetadata;
}

/** What fills in a deferred answer is its first part. What it answers, such as a menu, has others under it, too. */
function isResponse({ interactionMetadata }: Message): boolean {
  return interactionMetadata !== null && !interactionMetadata.originalResponseMessageId;
}

async function messagesBefore(last: Message, signal: AbortSignal): Promise<readonly Message[]> {
  try {
    const channel = await patiently(() => last.client.channels.fetch(last.channelId), signal);
    if (!channel?.isTextBased()) return [];
    const page = { before: last.id, limit: lookedThrough, cache: false };
    return [...(await patiently(() => channel.messages.fetch(page), signal)).values()];
  } catch (error) {
    if (error instanceof DiscordAPIError) return [];
    throw error;
  }
}
