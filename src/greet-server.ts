// Says hello in a server that the bot was added to, with what is left to do there.
import { ChannelType, type Guild, type GuildTextBasedChannel } from 'discord.js';
import type { Logger } from '../commands/command.ts';
import { readsMessages } from '../commands/intents.ts';
import { post } from '../commands/reply.ts';
import { lackingIn } from './doctor/lacking-permissions.ts';
import type { Greetings } from './greetings.ts';

export interface GreetServerOptions {
  readonly greetings: Greetings;
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

async function greet(guild: Guild, { greetings, log, signal }: GreetServerOptions): Promise<void> {
  if (await greetings.has(guild.id)) return;
  const channel = channelForGreeting(guild);
  if (!channel) {
    log.info({ guildId: guild.id }, 'There is no channel in a new server that I may write in');
    return;
  }
  // By the nonce, Discord takes it once though two events tell of the same server.
  await post(channel, { content: greeting(guild) }, signal, guild.id);
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

function greeting(guild: Guild): string {
  const { client } = guild;
  const lacking = lackingIn(guild);
  const steps = [
    `Post a picture with \`@${client.user.username} What is this?\`, or use \`/caption\`, \`/ask\` and \`/chat\`. \`/help\` shows more.`,
    ...(lacking.length > 0
      ? [
          `I lack ${new Intl.ListFormat('en').format(lacking)}. Whoever manages this server can grant that to my role.`,
        ]
      : []),
    ...(readsMessages(client)
      ? []
      : [
          'The Message Content intent is off, so that I see only messages that mention me. Whoever runs me can switch it on in the Developer Portal.',
        ]),
    'Whoever does not want me to look at their pictures says so with `/privacy`; `/forget` removes what I remember.',
  ];
  return [
    '**Hello! I look at pictures and talk about them.**',
    ...steps.map((step, i) => `${i + 1}. ${step}`),
  ].join('\n');
}
