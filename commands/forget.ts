// /forget removes what was said and seen: at once in this conversation, after a further click for more than that.
import {
  type ChatInputCommandInteraction,
  InteractionContextType,
  MessageFlags,
  SlashCommandBuilder,
} from 'discord.js';
import { acknowledge } from './acknowledge.ts';
import { answerInteraction } from './answer-interaction.ts';
import type { Command, Services } from './command.ts';
import { conversationHere, sceneHere } from './conversation-here.ts';
import { confirmRow, demandManageServer } from './forget-button.ts';
import { forgottenText } from './forgotten-text.ts';

import { choice, described, option } from './texts/described.ts';
import { say } from './texts/texts.ts';

type What = 'conversation' | 'me' | 'server';

export const forget: Command = {
  isFree: true,
  data: described(new SlashCommandBuilder().setName('forget'), 'forgetHelp')
    .setContexts(InteractionContextType.Guild, InteractionContextType.BotDM)
    .addStringOption((what) =>
      option(what, 'whatOption')
        .setRequired(true)
        .addChoices(
          choice('forgetConversation', 'conversation'),
          choice('forgetMe', 'me'),
          choice('forgetServer', 'server'),
        ),
    )
    .toJSON(),

  async execute(interaction, services) {
    const what = interaction.options.getString('what', true) as What;
    // The others lose this conversation as well, so that they are told.
    const isSeenByAll = what === 'conversation';
    await acknowledge(interaction, isSeenByAll ? {} : { flags: MessageFlags.Ephemeral }, services.signal);
    if (what === 'conversation') return forgetConversation(interaction, services);
    if (what === 'server') demandManageServer(interaction);
    const { locale } = interaction;
    const text = say(locale, what === 'server' ? 'forgetServerQuestion' : questionAboutMe(interaction));
    await answerInteraction(interaction, { text, components: [confirmRow(what, locale)] }, services.signal);
  },
};

function questionAboutMe({ guildId }: ChatInputCommandInteraction) {
  return guildId ? 'forgetMeHereQuestion' : 'forgetMeEverywhereQuestion';
}

async function forgetConversation(
  interaction: ChatInputCommandInteraction,
  services: Services,
): Promise<void> {
  const id =
    (await sceneHere(interaction, services)) ??
    (await conversationHere(interaction, services))?.conversationId;
  const forgotten = id === undefined ? undefined : await services.preferences.forgetting.conversation(id);
  await answerInteraction(
    interaction,
    { text: forgottenText(forgotten, interaction.locale) },
    services.signal,
  );
}
