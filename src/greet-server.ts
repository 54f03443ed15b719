// Says hello in a server that the bot was added to, with what is left to do there.
import { ChannelType, type Guild, type GuildTextBasedChannel } from 'discord.js';
import type { Services } from '../commands/command.ts';
import { readsMessages } from '../commands/intents.ts';
import { languageAt } from '../commands/language-of.ts';
import { post } from '../commands/post.ts';
import { say, saying, tell } from '../commands/texts/texts.ts';
import type { Logger } from '../models/logger.ts';
import { lackingIn } from './doctor/lacking-permissions.ts';
import type { Greetings } from './greetings.ts';

export interface GreetServerOptions {
  readonly greetings: Greetings;
  readonly preferences: Services['preferences'];
  readonly log: Logger;
  readonly signal: AbortSignal;
}

/** Never rejects: what fails is logged. */
export async function greetServer(guild: Guild, options: GreetServerOptions): Promise<void> {
  try {
    await greet(guild, options);
  } catch (error) {
    options.log.warn({ err: error, guildId: guild.id }, 'Could not say hello in a server');
  }
}

async function greet(
  guild: Guild,
  { greetings, preferences, log, signal }: GreetServerOptions,
): Promise<void> {
  if (await greetings.has(guild.id)) return;
  const channel = channelForGreeting(guild);
  if (!channel) {
    log.info({ guildId: guild.id }, 'There is no channel in a new server that I may write in');
    return;
  }
  // By the nonce, Discord takes it once though two events tell of the same server.
  const place = { guildId: guild.id, channelIds: [channel.id] };
  const content = greeting(guild, languageAt(place, guild, { preferences }));
  await post(channel, { content }, signal, guild.id);
  await greetings.add(guild.id);
}

/** The one where Discord says hello to people, else the first that the bot may write in. */
function channelForGreeting(guild: Guild): GuildTextBasedChannel | undefined {
  const texts = [...guild.channels.cache.values()]
    .filter((channel) => channel.type === ChannelType.GuildText)
    .sort((a, b) => a.rawPosition - b.rawPosition);
  const inOrder = guild.systemChannel ? [guild.systemChannel, ...texts] : texts;
  return inOrder.find((channel) => mayWriteIn(channel, guild));
}

function mayWriteIn(channel: GuildTextBasedChannel, { members }: Guild): boolean {
  return members.me !== null && channel.permissionsFor(members.me).has(['ViewChannel', 'SendMessages']);
}

function greeting(guild: Guild, locale: string): string {
  const { client } = guild;
  const permissions = lackingIn(guild);
  const steps = [
    saying('helloPost', { bot: client.user.username }),
    ...(permissions.length > 0 ? [saying('helloLacks', { permissions })] : []),
    ...(readsMessages(client) ? [] : [saying('helloContentOff')]),
    saying('helloSettings'),
    saying('helloPrivacy'),
  ];
  return [say(locale, 'hello'), ...steps.map((step, i) => `${i + 1}. ${tell(locale, step)}`)].join('\n');
}
