// /memory shows what the bot remembers here, and to the letter what its model would read next.
import { InteractionContextType, MessageFlags, SlashCommandBuilder } from 'discord.js';
import { acknowledge } from './acknowledge.ts';
import { answerInteraction } from './answer-interaction.ts';
import type { Command } from './command.ts';
import { conversationHere } from './conversation-here.ts';
import { demandHistory } from './demand-history.ts';
import { UserError } from './errors.ts';
import { whyNotSeen } from './intents.ts';
import { describeMemory } from './memory-text.ts';
import { described, option } from './texts/described.ts';
import { saying } from './texts/texts.ts';
import { withNames } from './with-names.ts';

export const memory: Command = {
  isFree: true,
  data: described(new SlashCommandBuilder().setName('memory'), 'memoryHelp')
    .setContexts(InteractionContextType.Guild, InteractionContextType.BotDM)
    .addStringOption((question) => option(question, 'nextQuestionOption').setMaxLength(1_000))
    .toJSON(),

  async execute(interaction, services) {
    await acknowledge(interaction, { flags: MessageFlags.Ephemeral }, services.signal);
    const here = await conversationHere(interaction, services);
    if (!here) {
      demandHistory(interaction.channel);
      throw new UserError(saying('nothingToRemember', { why: whyNotSeen(interaction.client) }));
    }
    const given = interaction.options.getString('question') ?? '';
    const question = (await withNames(interaction, given, services)).trim();
    const view = await services.conversations.preview(here.conversationId, here.image, question || undefined);
    await answerInteraction(
      interaction,
      describeMemory(view, interaction.guildId, interaction.locale),
      services.signal,
    );
  },
};
