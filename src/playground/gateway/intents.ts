// Which intents exist, and which a bot may ask for only when its application has them switched on.
import { GatewayIntentBits } from 'discord.js';
import type { PrivilegedIntents } from '../state/world.ts';
import type { CloseReason } from './close-codes.ts';

const known = Object.values(GatewayIntentBits).reduce<number>(
  (all, bit) => (typeof bit === 'number' ? all | bit : all),
  0,
);

const privilegedBits: Readonly<Record<keyof PrivilegedIntents, number>> = {
  messageContent: GatewayIntentBits.MessageContent,
  members: GatewayIntentBits.GuildMembers,
  presences: GatewayIntentBits.GuildPresences,
};

/** Why a bot that asks for these intents is turned away; undefined when it isn't. */
export function refusalOf(intents: unknown, allowed: PrivilegedIntents): CloseReason | undefined {
  if (!isInteger(intents) || (intents & ~known) !== 0) return 'invalidIntents';
  const asksTooMuch = Object.entries(privilegedBits).some(
    ([name, bit]) => (intents & bit) !== 0 && !allowed[name as keyof PrivilegedIntents],
  );
  return asksTooMuch ? 'disallowedIntents' : undefined;
}

export function has(intents: number, bit: GatewayIntentBits): boolean {
  return (intents & bit) !== 0;
}

function isInteger(value: unknown): value is number {
  return Number.isInteger(value) && (value as number) >= 0;
}
