// /help shows by examples what can be done right here, and then all that there is.
import {
  type Client,
  InteractionContextType,
  type Locale,
  MessageFlags,
  SlashCommandBuilder,
} from 'discord.js';
import type { Command, MessageCommand } from './command.ts';
import { sceneHere } from './conversation-here.ts';
import { readsMessages } from './intents.ts';
import { acknowledge, answerInteraction } from './reply.ts';
import { described } from './texts/described.ts';

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
        ...examples(client),
        '',
        '**All commands**',
        ...[...others, help].map(({ data }) => line(data, locale)),
        ...menuLines(messageCommands),
        '-# I speak English, in few words, and I make mistakes: do not rely on what I say about a picture.',
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

function inChannel(client: Client): string[] {
  const me = `<@${client.user?.id}>`;
  const replies = readsMessages(client)
    ? '- Reply to my answer to ask on; I remember what was said about that picture.'
    : '- Reply to my answer to ask on, and leave the ping of your reply on.';
  return [
    '**I look at pictures and talk about them.** In this channel:',
    `- Post a picture with \`@${client.user?.username} What is this?\`, or reply to anybody's picture and mention ${me}.`,
    replies,
    '- `/ask question: What color is it?` asks about the newest picture here, `/caption` describes it.',
    '- `/chat` opens a thread about it, in which every message is a question.',
  ];
}

function inVisualChat(client: Client): string[] {
  const how = readsMessages(client) ? 'Just write' : 'Mention me and write';
  return [
    '**In this thread we talk about its picture.**',
    `- ${how}: \`What is this?\`, then \`What color is it?\`. I remember the questions before.`,
    '- Post another picture to talk about that one; reply to an old answer to go back.',
    '- `/memory` shows what I remember, `/forget what: This conversation` begins anew.',
  ];
}

function inDirectMessages(): string[] {
  return [
    '**I look at pictures and talk about them.** Here between us:',
    '- Post a picture, and I say what it shows.',
    '- Then just write: `What is this?`, `What color is it?`. I remember the questions before.',
    '- Post another picture to talk about that one; reply to an old answer to go back.',
  ];
}

function menuLines(messageCommands: readonly MessageCommand[]): string[] {
  if (messageCommands.length === 0) return [];
  const names = messageCommands.map(({ data }) => `*${data.name}*`);
  return [`In the menu of a message, under *Apps*: ${new Intl.ListFormat('en').format(names)}.`];
}
