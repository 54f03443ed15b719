// Questions, pictures and answers that are edited or deleted: answers and memory follow.
import type { APIMessage } from 'discord.js';
import { beforeEach, describe, expect, it } from 'vitest';
import type { Backend } from '../../models/backend.ts';
import { deleteMessages } from '../../src/playground/state/messages.ts';
import { deferred } from '../support/deferred.ts';
import { emojiForFile, type WatchedBackend, watch } from './backends.ts';
import { chatAboutRocket, openStage, picture, quickly, replyTo, responseTo, type Stage } from './stage.ts';

const model = await emojiForFile();
let backend: WatchedBackend;
beforeEach(() => {
  backend = watch(model);
});

/** A thread with three questions answered. */
async function talk(stage: Stage) {
  const { me } = stage;
  const threadId = await chatAboutRocket(stage);
  const questions: APIMessage[] = [];
  const answers: APIMessage[] = [];
  for (const content of ['What is this?', 'Is there a bee?', 'Is there a car?']) {
    const question = me.post({ channelId: threadId, content });
    questions.push(question);
    answers.push(await replyTo(me, question));
  }
  return { threadId, questions: questions as [APIMessage, APIMessage, APIMessage], answers };
}

async function turnsIn({ me }: Stage, channelId?: string): Promise<string[]> {
  const { content } = await responseTo(me, me.run('memory', {}, channelId));
  return [...content.matchAll(/^\*\*\d+\*\* (.*)$/gm)].map(([, turn = '']) => turn);
}

const turnsBecome = (stage: Stage, channelId: string | undefined, turns: string[]) =>
  expect.poll(() => turnsIn(stage, channelId), { timeout: 10_000 }).toEqual(turns);

/** The model, but it waits for the test where a prompt holds a word. */
function waiting(word: string) {
  const thinking = deferred();
  const asked = deferred();
  const slow: Backend = {
    ...backend,
    async *generate(request) {
      if (request.prompt.includes(word)) {
        asked.resolve();
        await Promise.race([thinking.promise, aborted(request.signal)]);
      }
      return yield* backend.generate(request);
    },
  };
  return { slow, asked: asked.promise, go: thinking.resolve };
}

const aborted = (signal: AbortSignal | undefined) =>
  new Promise<never>((_, reject) => signal?.addEventListener('abort', () => reject(signal.reason)));

describe('an edited question', () => {
  it('is answered anew in the same message, as after the turns before it, also after a restart', async () => {
    const stage = await openStage(backend, { limits: quickly });
    const { me } = stage;
    const { threadId, questions, answers } = await talk(stage);
    await stage.restartBot();
    me.edit(questions[1], 'What color is the background?');
    const edited = await me.waitFor(({ id, content }) => id === answers[1]?.id && content === 'red');
    expect(edited.message_reference?.message_id).toBe(questions[1].id);
    expect(backend.decoded.at(-1)?.prompt).toBe(
      'Question: What is this? Answer: a rocket. Question: What color is the background? Answer:',
    );
    expect(me.read(threadId).filter(({ author }) => author.bot)).toHaveLength(4);
    expect(await turnsIn(stage, threadId)).toEqual([
      'What is this? → a rocket',
      'What color is the background? → red',
      'Is there a car? → no',
    ]);
  });

  it('is not answered anew where only something else about its message changed', async () => {
    const stage = await openStage(backend);
    const { me, mention } = stage;
    me.post({ files: [await picture('rocket')] });
    const question = me.post(`${mention} What is this?`);
    await replyTo(me, question);
    me.edit(question, `What is this? ${mention}`);
    await turnsBecome(stage, undefined, ['What is this? → a rocket']);
    expect(backend.decoded).toHaveLength(1);
  });

  it('is answered as little as a new one where the quota is used up, and keeps its answer', async () => {
    const stage = await openStage(backend, { limits: quickly });
    const { me, mention } = stage;
    me.post({ files: [await picture('rocket')] });
    await responseTo(me, me.run('settings quota', { person: 1 }));
    const question = me.post(`${mention} What is this?`);
    const answer = await replyTo(me, question);
    expect(answer.content).toBe('a rocket');
    me.edit(question, `${mention} What color is the background?`);
    await me.waitFor(({ content }) => /all that you have for this hour/.test(content));
    expect(me.read().find(({ id }) => id === answer.id)?.content).toBe('a rocket');
  });

  it('is answered once, as it reads now, where its answer was still being made', async () => {
    const { slow, asked } = waiting('bee');
    const stage = await openStage(slow);
    const { me, mention } = stage;
    me.post({ files: [await picture('rocket')] });
    const question = me.post(`${mention} Is there a bee?`);
    await asked;
    me.edit(question, `${mention} What is this?`);
    expect((await replyTo(me, question)).content).toBe('a rocket');
    await turnsBecome(stage, undefined, ['What is this? → a rocket']);
    expect(me.read().filter(({ message_reference: to }) => to?.message_id === question.id)).toHaveLength(1);
  });
});

describe('what is deleted is forgotten', () => {
  it('a question and an answer with their turns, by their authors or a moderator', async () => {
    const stage = await openStage(backend, { limits: quickly });
    const { me } = stage;
    const { threadId, questions, answers } = await talk(stage);
    me.delete(questions[0]);
    await turnsBecome(stage, threadId, ['Is there a bee? → no', 'Is there a car? → no']);
    // What was said in the chat stays there.
    expect(me.read(threadId).map(({ id }) => id)).toContain(answers[0]?.id);
    me.delete(answers[2] as APIMessage);
    await turnsBecome(stage, threadId, ['Is there a bee? → no']);
  });

  it('many at once', async () => {
    const stage = await openStage(backend, { limits: quickly });
    const { threadId, questions, answers } = await talk(stage);
    await turnsBecome(stage, threadId, [
      'What is this? → a rocket',
      'Is there a bee? → no',
      'Is there a car? → no',
    ]);
    deleteMessages(stage.discord.world, threadId, [questions[0].id, String(answers[2]?.id)]);
    await turnsBecome(stage, threadId, ['Is there a bee? → no']);
  });

  it('a picture with all that was said about it, in the channel and in its thread', async () => {
    const stage = await openStage(backend, { limits: quickly });
    const { me, mention } = stage;
    const image = me.post({ files: [await picture('rocket')] });
    const answer = await replyTo(me, me.post(`${mention} What is this?`));
    me.delete(image);
    const told = await replyTo(me, me.post({ content: 'Is there a bee?', replyTo: answer.id }));
    expect(told.content).toMatch(/image is gone\. Post it again/);
  });

  it('an answer still being made with its question: it is called off, and nobody is told anything', async () => {
    const { slow, asked } = waiting('bee');
    const stage = await openStage(slow);
    const { me, mention, log } = stage;
    me.post({ files: [await picture('rocket')] });
    const question = me.post(`${mention} Is there a bee?`);
    await asked;
    me.delete(question);
    await replyTo(me, me.post(`${mention} What is this?`));
    await stage.stopBot();
    expect(me.read().filter(({ author }) => author.bot)).toHaveLength(1);
    expect(log.lines.filter(({ level }) => level === 'error' || level === 'warn')).toEqual([]);
  });
});
