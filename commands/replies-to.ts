// What the bot has replied to a message, as the chat shows it.
import { type Message, MessageFlags } from 'discord.js';
import { isDraft } from './draft-text.ts';
import { patiently } from './patience.ts';

/** What Discord gives at once, at most. */
const lookedThrough = 100;

/** The newest first, but for those that nobody asked for, and those to commands of the message's menu. */
export async function repliesTo(message: Message, signal: AbortSignal): Promise<readonly Message[]> {
  const { id, channel, client } = message;
  const page = { after: id, limit: lookedThrough, cache: false };
  const since = await patiently(() => channel.messages.fetch(page), signal);
  const isReply = ({ author, reference, flags, interactionMetadata }: Message) =>
    author.id === client.user.id &&
    reference?.messageId === id &&
    !interactionMetadata &&
    !flags.has(MessageFlags.SuppressNotifications);
  return [...since.values()]
    .filter((one) => isReply(one) && !isDraft(one))
    .sort((a, b) => b.createdTimestamp - a.createdTimestamp);
}
