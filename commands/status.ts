// /status says what the bot runs on, and how it is doing.
import { type Client, InteractionContextType, MessageFlags, SlashCommandBuilder } from 'discord.js';
import type { Pace } from '../conversation/pace.ts';
import type { ModelInfo } from '../models/backend.ts';
import { deviceLabel } from '../models/device-choice.ts';
import { heldNodes } from '../models/held-nodes.ts';
import { acknowledge } from './acknowledge.ts';
import { answerInteraction } from './answer-interaction.ts';
import type { Command } from './command.ts';
import { plainText } from './plain-text.ts';
import { described } from './texts/described.ts';
import { say, tell } from './texts/texts.ts';

export const status: Command = {
  isFree: true,
  data: described(new SlashCommandBuilder().setName('status'), 'statusHelp')
    .setContexts(InteractionContextType.Guild, InteractionContextType.BotDM)
    .toJSON(),

  async execute(interaction, { conversations, signal }) {
    await acknowledge(interaction, { flags: MessageFlags.Ephemeral }, signal);
    const { model, pace } = conversations;
    const { client, locale } = interaction;
    const text = [
      ...modelLines(model, locale),
      ...paceLines(pace, locale),
      ...programLines(client, process.memoryUsage().rss, locale),
    ].join('\n');
    await answerInteraction(interaction, { text }, signal);
  },
};

function modelLines(info: ModelInfo, locale: string): string[] {
  const { name, device, maxPositions, weights = info.storedIn } = info;
  const { precision, fallbacks } = device;
  const nodes = heldNodes(device);
  const model = { name: plainText(name) };
  return [
    Number.isFinite(maxPositions)
      ? say(locale, 'statusModelPositions', { ...model, positions: maxPositions })
      : say(locale, 'statusModel', model),
    weights
      ? say(locale, 'statusDeviceWeights', { device: deviceLabel(device), precision, weights })
      : say(locale, 'statusDevice', { device: deviceLabel(device), precision }),
    ...(nodes === undefined ? [] : [say(locale, 'statusNodes', { held: nodes.held, all: nodes.all })]),
    ...fallbacks.map((one) => `-# ${plainText(tell(locale, one))}`),
  ];
}

function paceLines(pace: Pace, locale: string): string[] {
  const [half, most] = [pace.withinMs(0.5), pace.withinMs(0.95)];
  return [
    say(locale, 'statusUnderWay', { all: pace.underWay }),
    half === undefined || most === undefined
      ? say(locale, 'statusNoAnswers')
      : say(locale, 'statusAnswers', { all: pace.answers, half: inSeconds(half), most: inSeconds(most) }),
    say(locale, 'statusUpSince', { since: `<t:${Math.floor(pace.since.getTime() / 1000)}:R>` }),
  ];
}

function programLines({ ws }: Client, memoryBytes: number, locale: string): string[] {
  return [
    ws.ping < 0
      ? say(locale, 'statusDiscordUnmeasured')
      : say(locale, 'statusDiscord', { ping: Math.round(ws.ping) }),
    say(locale, 'statusMemory', { mebibytes: Math.round(memoryBytes / 2 ** 20) }),
  ];
}

/** In tenths, rounded up: within is a promise. */
function inSeconds(ms: number): number {
  return Math.ceil(ms / 100) / 10;
}
