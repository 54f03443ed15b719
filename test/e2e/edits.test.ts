// Questions, pictures and answers that are edited or deleted: answers and memory follow.
import type { APIMessage } from 'discord.js';
import sharp from 'sharp';
import { beforeEach, describe, expect, it } from 'vitest';
import { openStore } from '../../conversation/store.ts';
import type { Backend } from '../../models/backend.ts';
import type { AnsweredMessages } from '../../src/catch-up/answered-messages.ts';
import { deleteMessages, editMessage } from '../../src/playground/state/messages.ts';
import type { StoredMessage } from '../../src/playground/state/world.ts';
import { animated } from '../support/animation.ts';
import { deferred } from '../support/deferred.ts';
import { emojiForFile, type WatchedBackend, watch } from './backends.ts';
import {
  buttonOf,
  chatAboutRocket,
  openStage,
  picture,
  quickly,
  replyTo,
  responseTo,
  type Stage,
} from './stage.ts';

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

it('A question that is edited while it is answered counts as unanswered until it is', async () => {
  const { slow, asked } = waiting('bee');
  const noted = new Set<string>();
  // Kept at once, which a store does after a while.
  const answered = {
    has: async (id: string) => noted.has(id),
    add: async ({ id }: { id: string }) => void noted.add(id),
    directChannels: async () => [],
  } as unknown as AnsweredMessages;
  const stage = await openStage(slow, { bot: { answered } });
  const { me, mention } = stage;
  me.post({ files: [await picture('rocket')] });
  const question = me.post(`${mention} Is there a bee?`);
  await asked;
  me.edit(question, `${mention} What is this?`);
  expect((await replyTo(me, question)).content).toBe('a rocket');
});

describe('a question that is edited to be about another picture', () => {
  const three = () => Promise.all([picture('rocket'), picture('umbrella'), picture('strawberry')]);
  const becomes = ({ me }: Stage, { id }: APIMessage, content: RegExp) =>
    me.waitFor((message) => message.id === id && content.test(message.content), 15_000);

  it('is answered about the one that it names now, in the same message, and remembered with that one', async () => {
    const stage = await openStage(backend, { limits: quickly });
    const { me } = stage;
    const channelId = me.directMessages();
    const question = me.post({ channelId, content: 'What is in picture 2?', files: await three() });
    const answer = await replyTo(me, question);
    expect(answer.content).toMatch(/^an umbrella/);
    await stage.restartBot();
    me.edit(question, 'What is in picture 3?');
    await becomes(stage, answer, /^a strawberry and a star\n.*picture 3 of 3\.$/);
    await turnsBecome(stage, channelId, ['What is in the picture? → a strawberry and a star']);
    const { content: next } = await replyTo(
      me,
      me.post({ channelId, content: 'What color is the background?', replyTo: answer.id }),
    );
    expect(next).toMatch(/^white/);
    expect(backend.decoded.at(-1)?.prompt).toContain('a strawberry and a star');
    // Where it names none, it means the first, as a new one would.
    me.edit(question, 'What is this?');
    await becomes(stage, answer, /^a rocket\n.*picture 1 of 3\.$/);
    const replies = me.read(channelId).filter(({ message_reference: to }) => to?.message_id === question.id);
    expect(replies).toHaveLength(1);
  });

  it('by words and in a reply as well, and says so where there are fewer', async () => {
    const stage = await openStage(backend, { limits: quickly });
    const { me, mention } = stage;
    const posted = me.post({ files: await three() });
    const question = me.post({ content: `${mention} What color is the background?`, replyTo: posted.id });
    const answer = await replyTo(me, question);
    expect(answer.content).toMatch(/^red/);
    me.edit(question, `${mention} What color is the background of the second one?`);
    await becomes(stage, answer, /^purple/);
    me.edit(question, `${mention} What color is the background of picture 4?`);
    await me.waitFor(({ content }) => /^You asked about picture 4/.test(content), 15_000);
    expect(me.read().find(({ id }) => id === answer.id)?.content).toMatch(/^purple/);
  });

  it('is about the frame of an animation that it names now', async () => {
    const stage = await openStage(backend, { limits: quickly });
    const { me, mention } = stage;
    const drawings = (await three()).map(({ bytes }) => sharp(bytes).resize(128, 128).png().toBuffer());
    const gif = { name: 'party.gif', bytes: await animated(await Promise.all(drawings)) };
    const background = 'What color is the background';
    const question = me.post({ content: `${mention} ${background} in frame 2?`, files: [gif] });
    const answer = await replyTo(me, question);
    expect(answer.content).toBe('purple\n-# I looked at frame 2 of 3.');
    me.edit(question, `${mention} ${background} in frame 3?`);
    await becomes(stage, answer, /^white\n-# I looked at frame 3 of 3\.$/);
    const reply = me.post({ content: `${background}?`, replyTo: answer.id });
    expect((await replyTo(me, reply)).content).toMatch(/^white/);
  });

  it('takes its place among the turns about that picture, and leaves those about the other', async () => {
    const stage = await openStage(backend, { limits: quickly });
    const { me } = stage;
    const channelId = me.directMessages();
    const say = async (content: string) => {
      const question = me.post({ channelId, content });
      return { question, answer: await replyTo(me, question) };
    };
    await replyTo(me, me.post({ channelId, files: await three() }));
    await say('Is there a rocket in picture 1?');
    const moved = await say('Is there a bee in picture 1?');
    await say('Is there a star in picture 2?');
    me.edit(moved.question, 'Is there a bee in picture 2?');
    await becomes(stage, moved.answer, /^yes/);
    expect(backend.decoded.at(-1)?.prompt).toBe('Question: Is there a bee in the picture? Answer:');
    await turnsBecome(stage, channelId, [
      'Is there a bee in the picture? → yes',
      'Is there a star in the picture? → no',
    ]);
    await say('Is there a car in picture 1?');
    await turnsBecome(stage, channelId, [
      'Is there a rocket in the picture? → yes',
      'Is there a car in the picture? → no',
    ]);
  });
});

describe('a message that only called the bot', () => {
  it('is answered as a question when one is edited into it, and captioned again when it is taken out', async () => {
    const stage = await openStage(backend, { limits: quickly });
    const { me, mention } = stage;
    const message = me.post({ content: mention, files: [await picture('rocket')] });
    const answer = await replyTo(me, message);
    expect(answer.content).toBe('a rocket on a red background');
    await stage.restartBot();
    me.edit(message, `${mention} What color is the background?`);
    const edited = await me.waitFor(({ id, content }) => id === answer.id && content === 'red', 15_000);
    expect(buttonOf(edited, 'again')).toContain(message.id);
    await turnsBecome(stage, undefined, ['What color is the background? → red']);
    me.edit(message, mention);
    const captioned = await me.waitFor(({ id, content }) => id === answer.id && content === answer.content);
    expect(buttonOf(captioned, 'again')).toContain('caption');
    await turnsBecome(stage, undefined, []);
    expect(me.read().filter(({ author, interaction_metadata: by }) => author.bot && !by)).toHaveLength(1);
  });

  it('is left alone by an edit that asks nothing, and so is what nobody addressed to it', async () => {
    const stage = await openStage(backend, { limits: quickly });
    const { me, mention } = stage;
    const message = me.post({ content: mention, files: [await picture('rocket')] });
    const answer = await replyTo(me, message);
    const other = me.post({ content: 'Look', files: [await picture('umbrella')] });
    me.edit(message, `${mention} `.repeat(2).trim());
    me.edit(other, 'Look what this is?');
    await replyTo(me, me.post({ content: 'Is there a bee?', replyTo: answer.id }));
    expect(backend.decoded).toHaveLength(2);
    expect(me.read().filter(({ author }) => author.bot)).toHaveLength(2);
  });

  it('is answered in the place of the sentence that said what was wrong', async () => {
    const stage = await openStage(backend, { limits: quickly });
    const { me } = stage;
    const channelId = me.directMessages();
    const files = [await picture('rocket'), await picture('umbrella')];
    const message = me.post({ channelId, content: 'What is in picture 3?', files });
    const refusal = await replyTo(me, message);
    expect(refusal.content).toMatch(/^You asked about picture 3/);
    me.edit(message, 'What is in picture 2?');
    const answer = await me.waitFor(({ content }) => /^an umbrella/.test(content), 15_000);
    expect(answer.id).toBe(refusal.id);
    await turnsBecome(stage, channelId, ['What is in the picture? → an umbrella and a bee']);
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

  it('a picture that is taken off its message, with what was seen in it, and the others stay', async () => {
    const stage = await openStage(backend, { limits: quickly });
    const { me, discord, memory } = stage;
    const channelId = me.directMessages();
    const files = [await picture('rocket'), await picture('umbrella')];
    const posted = me.post({ channelId, content: 'Is there a rocket?', files });
    await replyTo(me, posted);
    const about = me.post({ channelId, content: 'Is there a bee in picture 2?' });
    const answer = await replyTo(me, about);
    await turnsBecome(stage, channelId, ['Is there a bee in the picture? → yes']);
    const stored = discord.world.messages.get(channelId)?.get(posted.id) as StoredMessage;
    editMessage(discord.world, stored, { keepAttachments: [String(posted.attachments[0]?.id)] });
    await turnsBecome(stage, channelId, ['Is there a rocket? → yes']);
    const told = await replyTo(me, me.post({ channelId, content: 'Is there a car?', replyTo: answer.id }));
    expect(told.content).toMatch(/image is gone\. Post it again/);
    await stage.stopBot();
    const store = openStore(`sqlite://${memory}`);
    const kept: unknown[] = [];
    for await (const [, value] of store.namespace('features').iterator?.(undefined) ?? []) kept.push(value);
    await store.close();
    expect(kept).toHaveLength(1);
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
