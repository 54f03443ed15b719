// /status says what the bot runs on, and how it is doing.
import { type Client, InteractionContextType, MessageFlags, SlashCommandBuilder } from 'discord.js';
import type { Pace } from '../conversation/pace.ts';
import type { ModelInfo } from '../models/backend.ts';
import type { Command } from './command.ts';
import { plainText } from './plain-text.ts';
import { acknowledge, answerInteraction } from './reply.ts';
import { described } from './texts/described.ts';

export const status: Command = {
  isFree: true,
  data: described(new SlashCommandBuilder().setName('status'), 'statusHelp')
    .setContexts(InteractionContextType.Guild, InteractionContextType.BotDM)
    .toJSON(),

  async execute(interaction, { conversations, signal }) {
    await acknowledge(interaction, { flags: MessageFlags.Ephemeral }, signal);
    const { model, pace } = conversations;
    const text = [
      ...modelLines(model),
      ...paceLines(pace),
      ...programLines(interaction.client, process.memoryUsage().rss),
    ].join('\n');
    await answerInteraction(interaction, { text }, signal);
  },
};

function modelLines({ name, device, maxPositions }: ModelInfo): string[] {
  const { device: runsOn, precision, fallbacks } = device;
  const positions = Number.isFinite(maxPositions) ? `, ${maxPositions} positions` : '';
  return [
    `**Model** ${plainText(name)}${positions}`,
    `**Device** ${runsOn} in ${precision}`,
    ...fallbacks.map((sentence) => `-# ${plainText(sentence)}`),
  ];
}

function paceLines(pace: Pace): string[] {
  const [half, most] = [pace.withinMs(0.5), pace.withinMs(0.95)];
  const times =
    half === undefined || most === undefined
      ? 'none yet'
      : `${pace.answers}, half of them within ${inSeconds(half)} (p50), 19 of 20 within ${inSeconds(most)} (p95)`;
  return [
    `**Answers being made or waiting** ${pace.underWay}`,
    `**Answers since the start** ${times}`,
    `**Up since** <t:${Math.floor(pace.since.getTime() / 1000)}:R>`,
  ];
}

function programLines({ ws }: Client, memoryBytes: number): string[] {
  const ping = ws.ping < 0 ? 'not measured yet' : `${Math.round(ws.ping)} ms`;
  return [`**Discord** ${ping}`, `**Memory in use** ${Math.round(memoryBytes / 2 ** 20)} MiB`];
}

function inSeconds(ms: number): string {
  return `${(ms / 1_000).toFixed(1)} s`;
}
