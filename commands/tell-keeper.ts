// Tells whoever decided what happens to pictures in a channel, once, that the bot can't do it.
import { type GuildTextBasedChannel, Locale } from 'discord.js';
import { render, type Saying } from '../models/saying.ts';
import { placeIn } from './allowed.ts';
import type { Services } from './command.ts';
import { patiently } from './patience.ts';
import type { Mode } from './preferences.ts';
import { say } from './texts/texts.ts';

/** Never rejects: nobody asked, so what fails is for the log. */
export async function tellKeeper(
  channel: GuildTextBasedChannel,
  mode: Mode,
  lacking: readonly Saying[],
  { preferences, log, signal }: Services,
): Promise<void> {
  const { guildId, id: channelId, client } = channel;
  const fields = { guildId, channelId, mode, lacking: lacking.map((one) => render(one)) };
  try {
    const { from } = preferences.settings.inForce(placeIn(channel)).mode;
    const personId = await preferences.keepers.toTell(guildId, from, channelId);
    if (personId === undefined) return;
    log.warn(fields, 'I lack permissions for what is to happen to pictures in a channel');
    const { language } = preferences.settings.inForce(placeIn(channel));
    const own = (await preferences.languages.lastOf(personId)) ?? Locale.EnglishUS;
    const locale = language.value === 'own' ? own : language.value;
    const text = say(locale, 'lackingToWatch', {
      channel: `<#${channelId}>`,
      permissions: lacking,
    });
    await patiently<unknown>(() => client.users.send(personId, text), signal);
  } catch (error) {
    log.warn({ err: error, ...fields }, 'Could not tell that I lack permissions for what was decided');
  }
}
