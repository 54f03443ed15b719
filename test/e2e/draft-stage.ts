// What the tests of drafts share: a bot that shows them soon, and how far an answer is.
import type { APIMessage } from 'discord.js';
import { quickly, type Stage, type StageOptions } from './stage.ts';

export const soon: StageOptions = { limits: quickly, bot: { draftTimes: { afterMs: 30, everyMs: 20 } } };

/** What a command or a button has come to. */
export function progressOf({ me }: Stage, interactionId: string, text: RegExp): Promise<APIMessage> {
  return me.waitFor(
    ({ content, interaction_metadata: by }) => by?.id === interactionId && text.test(content),
    10_000,
  );
}
