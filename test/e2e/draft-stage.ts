// What the tests of drafts share: a bot that shows them soon, and what it said.
import type { APIMessage } from 'discord.js';
import { picture, quickly, type Stage, type StageOptions } from './stage.ts';

export const soon: StageOptions = { limits: quickly, bot: { draftTimes: { afterMs: 30, everyMs: 20 } } };

/** Asks about a rocket, in the same message. */
export async function postQuestion({ me, mention }: Stage, question = 'What is this?'): Promise<APIMessage> {
  return me.post({ content: `${mention} ${question}`, files: [await picture('rocket')] });
}

/** What a command or a button has come to. */
export function progressOf({ me }: Stage, interactionId: string, text: RegExp): Promise<APIMessage> {
  return me.waitFor(
    ({ content, interaction_metadata: by }) => by?.id === interactionId && text.test(content),
    10_000,
  );
}

export function saidBy({ me, discord }: Stage): APIMessage[] {
  return me.read().filter(({ author }) => author.id === discord.botId);
}
