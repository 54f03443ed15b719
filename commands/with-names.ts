// What somebody wrote into a command or a form, as they read it there: Discord sends people, roles, channels and emoji
// as ids.
import { type Channel, cleanContent, DiscordAPIError } from 'discord.js';
import type { AskedBy } from './asked-by.ts';
import type { Services } from './command.ts';
import { patiently } from './patience.ts';

export async function withNames(
  asking: AskedBy,
  text: string,
  { signal }: Pick<Services, 'signal'>,
): Promise<string> {
  const people = [...text.matchAll(/<@!?(\d+)>/g)].map(([, id = '']) => id);
  // Somebody who has written nothing since the bot came is not known yet.
  await Promise.all([...new Set(people)].map((id) => getToKnow(asking, id, signal)));
  const channel = asking.channel ?? (await channelOf(asking, signal));
  return channel?.isTextBased() ? cleanContent(text, channel) : text;
}

/** discord.js may not know it, as direct messages where nobody wrote since the bot came. */
async function channelOf({ client, channelId }: AskedBy, signal: AbortSignal): Promise<Channel | null> {
  return channelId ? patiently(() => client.channels.fetch(channelId), signal) : null;
}

/** Whoever is nobody to Discord keeps their id. */
async function getToKnow({ client, guild }: AskedBy, id: string, signal: AbortSignal): Promise<void> {
  try {
    await patiently<unknown>(() => (guild ? guild.members.fetch(id) : client.users.fetch(id)), signal);
  } catch (error) {
    if (!(error instanceof DiscordAPIError)) throw error;
  }
}
