// What people wrote while the bot was away, as far as it is recent and nobody answered it.
import {
  type Client,
  type Message,
  PermissionFlagsBits,
  SnowflakeUtil,
  type TextBasedChannel,
} from 'discord.js';
import { isDraft } from '../../commands/draft-text.ts';
import { patiently } from '../../commands/patience.ts';
import { isNewer } from '../../conversation/message-order.ts';

/** Whoever asked longer ago has given up. */
export const maxAgeMs = 15 * 60_000;
const maxPlaces = 100;
/** What Discord gives at once. */
const messagesAPage = 100;
/** Where more was written in a quarter of an hour, what is older than these thousand is left. */
const pagesAPlace = 10;

const toRead = PermissionFlagsBits.ViewChannel | PermissionFlagsBits.ReadMessageHistory;

/** The channels and threads of servers in which somebody wrote of late, at most `maxPlaces`. */
export function recentPlaces(client: Client<true>): TextBasedChannel[] {
  return [...client.channels.cache.values()]
    .filter((channel) => channel.isTextBased())
    .filter((channel) => isRecent(channel.lastMessageId))
    .filter((channel) => !channel.isDMBased() && channel.permissionsFor(client.user)?.has(toRead))
    .sort((a, b) => (isNewer(a.lastMessageId ?? '', b.lastMessageId ?? '') ? -1 : 1))
    .slice(0, maxPlaces);
}

/** The same for direct messages; which of them there are is known from before. */
export async function recentDirectMessages(
  client: Client<true>,
  channelIds: readonly string[],
  signal: AbortSignal,
): Promise<TextBasedChannel[]> {
  const found = await Promise.allSettled(
    channelIds
      .slice(-maxPlaces)
      .map((id) => patiently(() => client.channels.fetch(id, { force: true }), signal)),
  );
  return found
    .flatMap((result) => (result.status === 'fulfilled' && result.value ? [result.value] : []))
    .filter((channel) => channel.isDMBased() && isRecent(channel.lastMessageId))
    .filter((channel) => channel.isTextBased());
}

export interface Missed {
  /** What people wrote there of late and the bot did not answer; the oldest first. */
  readonly messages: readonly Message[];
  /** Answers of which it has shown no more than a draft. */
  readonly drafts: readonly Message[];
}

export async function missedIn(channel: TextBasedChannel, signal: AbortSignal): Promise<Missed> {
  const read = await readBack(channel, signal);
  const ours = read.filter(isOurs);
  // What a command of its menu said answers no message.
  const whole = ours.filter((message) => !isDraft(message) && !message.interactionMetadata);
  const answered = new Set(whole.map(({ reference }) => reference?.messageId));
  const messages = read
    .filter(({ author, id }) => !author.bot && isRecent(id) && !answered.has(id))
    .sort((a, b) => (isNewer(a.id, b.id) ? 1 : -1));
  return { messages, drafts: ours.filter(isDraft) };
}

/** The newest first: a page at least, and others until one reaches back far enough. */
async function readBack(channel: TextBasedChannel, signal: AbortSignal): Promise<readonly Message[]> {
  const read: Message[] = [];
  for (let pages = 0; pages < pagesAPlace; pages++) {
    const oldest = read.at(-1);
    if (oldest && !isRecent(oldest.id)) break;
    // Not into discord.js's cache, which would keep back the event of a message that this overtakes.
    const page = { limit: messagesAPage, cache: false, ...(oldest && { before: oldest.id }) };
    const found = await patiently(() => channel.messages.fetch(page), signal);
    read.push(...found.values());
    if (found.size < messagesAPage) break;
  }
  return read;
}

function isOurs({ author, client }: Message): boolean {
  return author.id === client.user.id;
}

export function isRecent(id: string | null | undefined): boolean {
  return typeof id === 'string' && SnowflakeUtil.timestampFrom(id) > Date.now() - maxAgeMs;
}
