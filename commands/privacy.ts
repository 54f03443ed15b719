// /privacy shows what is kept about whoever asks, and lets them keep their pictures from the bot.
import {
  type ChatInputCommandInteraction,
  InteractionContextType,
  MessageFlags,
  SlashCommandBuilder,
} from 'discord.js';
import type { Command, Services } from './command.ts';
import type { KeptAboutPerson } from './preferences.ts';
import { acknowledge, answerInteraction } from './reply.ts';
import { choice, described, option } from './texts/described.ts';

export const privacy: Command = {
  isFree: true,
  data: described(new SlashCommandBuilder().setName('privacy'), 'privacyHelp')
    .setContexts(InteractionContextType.Guild, InteractionContextType.BotDM)
    .addStringOption((pictures) =>
      option(pictures, 'picturesOption').addChoices(choice('picturesOut', 'out'), choice('picturesIn', 'in')),
    )
    .toJSON(),

  async execute(interaction, services) {
    await acknowledge(interaction, { flags: MessageFlags.Ephemeral }, services.signal);
    const text = await decide(interaction, services);
    await answerInteraction(interaction, { text }, services.signal);
  },
};

async function decide(
  { options, user }: ChatInputCommandInteraction,
  { preferences: { privacy: people } }: Services,
): Promise<string> {
  const choice = options.getString('pictures');
  if (choice === 'out') {
    const before = await people.keptAbout(user.id);
    await people.optOut(user.id);
    return `${outText} I removed what I kept of ${counted(before.pictures, 'picture')} and ${counted(before.turnsAboutPictures, 'answer')} about them.`;
  }
  if (choice === 'in') {
    await people.optIn(user.id);
    return 'I look at your pictures again: when somebody asks about one, and where a server has me look at every picture. `/privacy` takes that back at any time.';
  }
  const kept = keptText(await people.keptAbout(user.id));
  return people.hasOptedOut(user.id)
    ? `${outText}\n${kept}`
    : `I look at a picture of yours when somebody asks about it, and where a server has me look at every picture. \`/privacy pictures:\` keeps them from me.\n${kept}`;
}

const outText =
  'I leave your pictures alone: I neither fetch nor keep them, whoever asks. `/privacy pictures:` takes that back.';

function keptText({ pictures, turnsAboutPictures, turnsAsked }: KeptAboutPerson): string {
  return [
    'What I keep about you:',
    `- what the model saw in ${counted(pictures, 'picture')} of yours (numbers, never the picture itself), for 30 days`,
    `- ${counted(turnsAboutPictures, 'question')} about your pictures, with the answers`,
    `- ${counted(turnsAsked, 'question')} that you asked, with the answers`,
    '- for an hour, which of your messages I answered, and how often where there is a quota',
    'Questions stay until they, their answers or the picture are deleted, a server has me forget them by age, or you use `/forget`.',
  ].join('\n');
}

function counted(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? '' : 's'}`;
}
