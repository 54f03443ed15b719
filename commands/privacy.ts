// /privacy shows what is kept about whoever asks, and lets them keep their pictures from the bot.
import {
  type ChatInputCommandInteraction,
  InteractionContextType,
  MessageFlags,
  SlashCommandBuilder,
} from 'discord.js';
import { acknowledge } from './acknowledge.ts';
import { answerInteraction } from './answer-interaction.ts';
import type { Command, Services } from './command.ts';
import type { KeptAboutPerson } from './preferences.ts';
import { choice, described, option } from './texts/described.ts';
import { say, saying } from './texts/texts.ts';

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
  { options, user, locale }: ChatInputCommandInteraction,
  { copies, preferences: { privacy: people } }: Services,
): Promise<string> {
  const choice = options.getString('pictures');
  const leftAlone = say(locale, 'picturesLeftAlone', { option: saying('picturesOption') });
  if (choice === 'out') {
    const before = await people.keptAbout(user.id);
    await people.optOut(user.id);
    await copies.removeOf(user.id);
    return `${leftAlone} ${removedText(before, locale)}`;
  }
  if (choice === 'in') {
    await people.optIn(user.id);
    return say(locale, 'looksAgain');
  }
  const kept = keptText(await people.keptAbout(user.id), locale);
  if (people.hasOptedOut(user.id)) return `${leftAlone}\n${kept}`;
  return `${say(locale, 'looksWhenAsked', { option: saying('picturesOption') })}\n${kept}`;
}

function removedText({ pictures, turnsAboutPictures }: KeptAboutPerson, locale: string): string {
  return say(locale, 'removedOfYours', {
    pictures: saying('ofPictures', { count: pictures }),
    answers: saying('ofAnswers', { count: turnsAboutPictures }),
  });
}

function keptText({ pictures, turnsAboutPictures, turnsAsked }: KeptAboutPerson, locale: string): string {
  return [
    say(locale, 'keptAboutYou'),
    `- ${say(locale, 'keptPictures', { pictures: saying('ofPictures', { count: pictures }) })}`,
    `- ${say(locale, 'keptAboutPictures', { count: turnsAboutPictures })}`,
    `- ${say(locale, 'keptAsked', { count: turnsAsked })}`,
    `- ${say(locale, 'keptAnswered')}`,
    `- ${say(locale, 'keptLanguage')}`,
    say(locale, 'keptHowLong'),
  ].join('\n');
}
