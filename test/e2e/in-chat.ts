// What end-to-end tests ask in a chat, read there and find in the store.
import type { APIMessage } from 'discord.js';
import { expect } from 'vitest';
import { openStore } from '../../conversation/store.ts';
import { picture, responseTo, type Stage } from './stage.ts';

/** Asks about a rocket, in the same message. */
export async function askAboutRocket(
  { me, mention }: Stage,
  question = 'What is this?',
): Promise<APIMessage> {
  return me.post({ content: `${mention} ${question}`, files: [await picture('rocket')] });
}

/** What the bot posted, as it reads now. */
export function answersIn({ me, discord }: Stage, channelId = discord.channelId): APIMessage[] {
  return me.read(channelId).filter(({ author }) => author.id === discord.botId);
}

/** Waits until nobody sees it any more. */
export const isGone = ({ me }: Stage, { id, channel_id: channelId }: APIMessage) =>
  expect.poll(() => me.read(channelId).some((message) => message.id === id)).toBe(false);

/** Takes three messages. */
export const longCaption = 'background '.repeat(400).trim();

export function saidBy(stage: Stage, channelId?: string): string[] {
  return answersIn(stage, channelId).map(({ content }) => content);
}

/** What /memory says. */
export async function memoryIn({ me }: Stage, channelId?: string, question?: string): Promise<string> {
  const answer = await responseTo(me, me.run('memory', question ? { question } : {}, channelId));
  return answer.content;
}

/** What stands in the store by each of these names, once the bot has left. */
export async function keptIn({ memory, stopBot }: Stage, ...names: readonly string[]): Promise<unknown[][]> {
  await stopBot();
  const store = openStore(`sqlite://${memory}`);
  const kept: unknown[][] = [];
  for (const name of names) {
    const records: unknown[] = [];
    for await (const [, value] of store.namespace(name).iterator?.(undefined) ?? []) records.push(value);
    kept.push(records);
  }
  await store.close();
  return kept;
}
