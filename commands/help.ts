// /help shows by examples what can be done right here, and then all that there is.
import {
  type Client,
  InteractionContextType,
  type Locale,
  MessageFlags,
  SlashCommandBuilder,
} from 'discord.js';
import { acknowledge } from './acknowledge.ts';
import { answerInteraction } from './answer-interaction.ts';
import type { Command, MessageCommand } from './command.ts';
import { sceneHere } from './conversation-here.ts';
import { readsMessages } from './intents.ts';
import { described } from './texts/described.ts';
import { say, saying } from './texts/texts.ts';

/** @param others what it lists beside itself */
export function helpCommand(others: readonly Command[], messageCommands: readonly MessageCommand[]): Command {
  const help: Command = {
    isFree: true,
    data: described(new SlashCommandBuilder().setName('help'), 'helpHelp')
      .setContexts(InteractionContextType.Guild, InteractionContextType.BotDM)
      .toJSON(),

    async execute(interaction, services) {
      await acknowledge(interaction, { flags: MessageFlags.Ephemeral }, services.signal);
      const { client, guildId, locale } = interaction;
      const isThread = guildId !== null && (await sceneHere(interaction, services)) !== undefined;
      const examples = guildId === null ? inDirectMessages : isThread ? inVisualChat : inChannel;
      const text = [
        ...examples(client, locale),
        '',
        `**${say(locale, 'allCommands')}**`,
        ...[...others, help]
          .filter(({ data }) => guildId !== null || data.contexts?.includes(InteractionContextType.BotDM))
          .map(({ data }) => line(data, locale)),
        ...menuLines(messageCommands, locale),
        `-# ${say(locale, 'helpSmallPrint')}`,
      ].join('\n');
      await answerInteraction(interaction, { text }, services.signal);
    },
  };
  return help;
}

function line(
  { name, description, description_localizations: others }: Command['data'],
  locale: Locale,
): string {
  return `\`/${name}\` ${others?.[locale] ?? description}`;
}

function inChannel(client: Client, locale: Locale): string[] {
  const bot = client.user?.username ?? '';
  return [
    say(locale, 'helpInChannel'),
    `- ${say(locale, 'helpPost', { bot, me: `<@${client.user?.id}>` })}`,
    `- ${say(locale, readsMessages(client) ? 'helpReply' : 'helpReplyByPing')}`,
    `- ${say(locale, 'helpAsk', { question: saying('questionOption') })}`,
    `- ${say(locale, 'helpChat')}`,
  ];
}

function inVisualChat(client: Client, locale: Locale): string[] {
  const [what, conversation] = [saying('whatOption'), saying('forgetConversation')];
  return [
    say(locale, 'helpInThread'),
    `- ${say(locale, readsMessages(client) ? 'helpJustWrite' : 'helpMentionAndWrite')}`,
    `- ${say(locale, 'helpAnother')}`,
    `- ${say(locale, 'helpMemory', { what, conversation })}`,
  ];
}

function inDirectMessages(_client: Client, locale: Locale): string[] {
  return [
    say(locale, 'helpInDirect'),
    `- ${say(locale, 'helpPostHere')}`,
    `- ${say(locale, 'helpThenWrite')}`,
    `- ${say(locale, 'helpAnother')}`,
  ];
}

function menuLines(messageCommands: readonly MessageCommand[], locale: Locale): string[] {
  if (messageCommands.length === 0) return [];
  const names = messageCommands.map(({ data }) => `*${data.name_localizations?.[locale] ?? data.name}*`);
  return [say(locale, 'helpMenus', { names })];
}
