// A talk that tests edit or delete parts of, and what /memory shows of it.
import type { APIMessage } from 'discord.js';
import { expect } from 'vitest';
import { chatAboutRocket, replyTo, responseTo, type Stage } from './stage.ts';

type Three<Item> = [Item, Item, Item];

/** A thread about the rocket with three questions answered. */
export async function talk(stage: Stage) {
  const threadId = await chatAboutRocket(stage);
  return { threadId, ...(await askThree(stage, threadId)) };
}

/** What {@link talk} comes to, as /memory shows it. */
export const allTurns: Three<string> = [
  'What is this? → a rocket',
  'Is there a bee? → no',
  'Is there a car? → no',
];

export async function askThree({ me }: Stage, channelId: string) {
  const questions: APIMessage[] = [];
  const answers: APIMessage[] = [];
  for (const content of ['What is this?', 'Is there a bee?', 'Is there a car?']) {
    const question = me.post({ channelId, content });
    questions.push(question);
    answers.push(await replyTo(me, question));
  }
  return { questions: questions as Three<APIMessage>, answers: answers as Three<APIMessage> };
}

/** As /memory shows them. */
export async function turnsIn({ me }: Stage, channelId?: string): Promise<string[]> {
  const { content } = await responseTo(me, me.run('memory', {}, channelId));
  return [...content.matchAll(/^\*\*\d+\*\* (.*)$/gm)].map(([, turn = '']) => turn);
}

export const turnsBecome = (stage: Stage, channelId: string | undefined, turns: string[]) =>
  expect.poll(() => turnsIn(stage, channelId), { timeout: 10_000 }).toEqual(turns);
