// The buttons under the question whether something wide is to be forgotten.
import {
  ActionRowBuilder,
  ButtonBuilder,
  type ButtonInteraction,
  ButtonStyle,
  type CacheType,
  type Interaction,
  PermissionFlagsBits,
} from 'discord.js';
import { acknowledgeInPlace } from './acknowledge.ts';
import { answerInteraction } from './answer-interaction.ts';
import type { Button, Services } from './command.ts';
import { UserError } from './errors.ts';
import { forgottenText } from './forgotten-text.ts';
import { say, saying } from './texts/texts.ts';

const id = 'forget';

export function confirmRow(what: 'me' | 'server', locale: string): ActionRowBuilder<ButtonBuilder> {
  const label = say(locale, what === 'me' ? 'forgetMeButton' : 'forgetServerButton');
  return new ActionRowBuilder<ButtonBuilder>().addComponents(
    new ButtonBuilder().setCustomId(`${id}:${what}`).setLabel(label).setStyle(ButtonStyle.Danger),
    new ButtonBuilder()
      .setCustomId(`${id}:nothing`)
      .setLabel(say(locale, 'keepButton'))
      .setStyle(ButtonStyle.Secondary),
  );
}

export const forgetButton: Button = {
  isFree: true,
  id,

  async execute(interaction, services) {
    await acknowledgeInPlace(interaction, services.signal);
    const text = await obey(interaction, services);
    await answerInteraction(interaction, { text, components: [] }, services.signal);
  },
};

async function obey(interaction: ButtonInteraction, { preferences }: Services): Promise<string> {
  const { customId, user, guildId, guild, locale } = interaction;
  const { forgetting } = preferences;
  const channelIds = new Set(guild?.channels.cache.keys());
  switch (customId) {
    case `${id}:me`:
      return forgottenText(await forgetting.person(user.id, guildId ?? undefined, channelIds), locale);
    case `${id}:server`:
      // They may have lost that right since.
      return forgottenText(await forgetting.server(demandManageServer(interaction), channelIds), locale);
    default:
      return say(locale, 'keptAsItIs');
  }
}

/** @returns the server's id. @throws UserError for those who may not, and where there is no server */
export function demandManageServer({ guildId, memberPermissions }: Interaction<CacheType>): string {
  if (guildId === null) {
    throw new UserError(saying('noServerHere'));
  }
  if (memberPermissions?.has(PermissionFlagsBits.ManageGuild)) return guildId;
  throw new UserError(saying('serverNotYours', { mine: saying('forgetMe') }));
}
