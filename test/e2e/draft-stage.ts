// What the tests of drafts share: a bot that shows them soon, and how far an answer is.
import type { APIMessage } from 'discord.js';
import type { Dictated } from './backends.ts';
import { askAboutRocket } from './in-chat.ts';
import { buttonOf, quickly, replyTo, type Stage, type StageOptions } from './stage.ts';

export const soon: StageOptions = { limits: quickly, bot: { draftTimes: { afterMs: 30, everyMs: 20 } } };

/** What a command or a button has come to. */
export function progressOf({ me }: Stage, interactionId: string, text: RegExp): Promise<APIMessage> {
  return me.waitFor(
    ({ content, interaction_metadata: by }) => by?.id === interactionId && text.test(content),
    10_000,
  );
}

/** *Again* is pressed under the answer to a question about a rocket, and the model says nothing to that yet. */
export async function askRocketAgain(
  stage: Stage,
  slow: Dictated,
): Promise<{ question: APIMessage; old: APIMessage }> {
  const { me } = stage;
  const question = await askAboutRocket(stage);
  slow.answer('a rocket');
  const old = await replyTo(me, question);
  me.press(old, buttonOf(old, 'again'));
  return { question, old };
}
