// What a server decides by /settings, and what follows for who asks.
import { type APIMessage, MessageFlags } from 'discord.js';
import type { Person } from '../../src/playground/person.ts';
import type { OptionValues } from '../../src/playground/state/command-options.ts';
import { replyTo, responseTo, type Stage } from './stage.ts';

/** @returns what is told to whoever decided */
export async function set({ me }: Stage, subcommand: string, options: OptionValues = {}): Promise<string> {
  return (await responseTo(me, me.run(`settings ${subcommand}`, options))).content;
}

export async function askAsks({ mention }: Stage, person: Person, channelId?: string): Promise<string> {
  const question = person.post({ channelId, content: `${mention} Is there a rocket?` });
  return (await replyTo(person, question)).content;
}

/** By the bot, for all to see. */
export function saidBy({ me, discord }: Stage, channelId = discord.channelId): APIMessage[] {
  return me
    .read(channelId)
    .filter(({ author, flags = 0 }) => author.bot && !(flags & MessageFlags.Ephemeral));
}
