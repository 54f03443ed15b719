// In which language somebody is answered: to what they do with a command, a button or a form in that of their Discord,
// which only they chose; to a message, which all read, in that of the place.
import { type ButtonInteraction, type Guild, GuildFeature, Locale, type Message } from 'discord.js';
import { placeOf } from './allowed.ts';
import type { AskedBy } from './asked-by.ts';
import type { Services } from './command.ts';
import type { Place } from './preferences.ts';
import { say, speaksEnglish, speaksToo } from './texts/texts.ts';

type Means = Pick<Services, 'preferences'>;

/** @returns the locale, as Discord names it; of direct messages that of the person's last command, else English */
export async function languageOf(asking: Message | AskedBy, { preferences }: Means): Promise<string> {
  if ('locale' in asking) return asking.locale;
  const { guild, author } = asking;
  const place = placeOf(asking);
  if (guild && place) return languageAt(place, guild, { preferences });
  return (await preferences.languages.lastOf(author.id)) ?? Locale.EnglishUS;
}

/**
 * In which language an answer is made anew: it stands where all read it. One to a command stays in that of somebody's
 * Discord.
 */
export function languageOfAnswer(pressed: ButtonInteraction, means: Means): string {
  const { message, guild, locale } = pressed;
  const place = placeOf(pressed);
  return message.interactionMetadata || !guild || !place ? locale : languageAt(place, guild, means);
}

/** What was decided for the channel or the server, else what a Community chose in Discord, else English. */
export function languageAt(
  place: Place,
  { features, preferredLocale }: Pick<Guild, 'features' | 'preferredLocale'>,
  { preferences }: Means,
): string {
  const decided = preferences.settings.inForce(place).language.value;
  if (decided !== 'own') return decided;
  // All other servers have the one that nobody chose.
  const isChosen = features.includes(GuildFeature.Community) && speaksToo(preferredLocale);
  return isChosen ? preferredLocale : Locale.EnglishUS;
}

/**
 * What stands under an answer of the model's for somebody who reads another language: that it is in English. Empty for
 * whoever was told; otherwise it begins on a line of its own.
 */
export async function languageNote(
  personId: string,
  locale: string,
  { preferences }: Means,
): Promise<string> {
  if (speaksEnglish(locale) || !(await preferences.languages.isNewTo(personId))) return '';
  return `\n-# ${say(locale, 'answersInEnglish')}`;
}
