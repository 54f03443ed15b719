// Questions that are edited: the answer and the memory follow.
import type { APIMessage } from 'discord.js';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { AnsweredMessages } from '../../src/catch-up/answered-messages.ts';
import { emojiForFile, held, type WatchedBackend, watch } from './backends.ts';
import { set } from './decisions.ts';
import { soon } from './draft-stage.ts';
import { askAboutRocket, saidBy } from './in-chat.ts';
import { buttonOf, draftFor, openStage, picture, quickly, replyTo, responseTo } from './stage.ts';
import { talk, turnsBecome, turnsIn } from './talk.ts';

const model = await emojiForFile();
let backend: WatchedBackend;
beforeEach(() => {
  backend = watch(model);
});
afterEach(() => {
  vi.useRealTimers();
});

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
    const slow = held(backend, ({ prompt }) => prompt.includes('bee'));
    const stage = await openStage(slow);
    const { me, mention } = stage;
    me.post({ files: [await picture('rocket')] });
    const question = me.post(`${mention} Is there a bee?`);
    await slow.asked;
    me.edit(question, `${mention} What is this?`);
    expect((await replyTo(me, question)).content).toBe('a rocket');
    await turnsBecome(stage, undefined, ['What is this? → a rocket']);
    expect(me.read().filter(({ message_reference: to }) => to?.message_id === question.id)).toHaveLength(1);
  });

  it.each([true, false])(
    'is answered once where another edit follows at once, answered before: %s',
    async (isAnswered) => {
      const slow = held(backend, ({ prompt }) => !isAnswered && prompt.includes('bee'));
      const stage = await openStage(slow, soon);
      const { me, mention } = stage;
      me.post({ files: [await picture('rocket')] });
      const question = me.post(`${mention} Is there a bee?`);
      if (isAnswered) await replyTo(me, question);
      else await draftFor(me, question);
      me.edit(question, `${mention} Is there a car?`);
      me.edit(question, `${mention} What color is the background?`);
      const isAnswer = ({ content, message_reference: to }: APIMessage) =>
        to?.message_id === question.id && content === 'red';
      await me.waitFor(isAnswer, 15_000);
      await turnsBecome(stage, undefined, ['What color is the background? → red']);
      await stage.stopBot();
      const replies = me.read().filter(({ message_reference: to }) => to?.message_id === question.id);
      expect(replies.map(({ content }) => content)).toEqual(['red']);
    },
  );
});

it('A question that is edited while it is answered counts as unanswered until it is', async () => {
  const slow = held(backend, ({ prompt }) => prompt.includes('bee'));
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
  await slow.asked;
  me.edit(question, `${mention} What is this?`);
  expect((await replyTo(me, question)).content).toBe('a rocket');
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

  it('leaves alone what commands of its menu have said about it', async () => {
    const stage = await openStage(backend, { limits: quickly });
    const { me, mention, discord } = stage;
    const message = me.post({ content: mention, files: [await picture('rocket')] });
    const answer = await replyTo(me, message);
    const ada = discord.addPerson('Ada');
    const captioned = await responseTo(ada, ada.runOn(message, 'Caption image'));
    discord.denyBot(discord.channelId, ['AttachFiles']);
    const described = await responseTo(ada, ada.runOn(message, 'Describe for screen readers'));
    const contentOf = ({ id }: APIMessage) => me.read().find((one) => one.id === id)?.content;
    me.edit(message, `${mention} What color is the background?`);
    await expect.poll(() => contentOf(answer), { timeout: 15_000 }).toBe('red');
    await responseTo(me, me.run('settings quota', { person: 1 }));
    me.edit(message, `${mention} Is there a bee?`);
    await expect.poll(() => saidBy(stage).at(-1), { timeout: 15_000 }).toMatch(/hour/);
    for (const other of [captioned, described]) expect(contentOf(other)).toBe(other.content);
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
    const { stage, me, channelId, message, refusal } = await askForPicture3();
    expect(refusal.content).toMatch(/^You asked about picture 3/);
    me.edit(message, 'What is in picture 2?');
    const answer = await me.waitFor(({ content }) => /^an umbrella/.test(content), 15_000);
    expect(answer.id).toBe(refusal.id);
    await turnsBecome(stage, channelId, ['What is in the picture? → an umbrella and a bee']);
  });

  it('has one sentence at most that says what is wrong, which goes once nothing is', async () => {
    const { stage, me, channelId, message, refusal } = await askForPicture3();
    const saidBecome = (...said: RegExp[]) =>
      expect
        .poll(() => saidBy(stage, channelId), { timeout: 15_000 })
        .toEqual(said.map((text) => expect.stringMatching(text)));
    me.edit(message, 'Compare pictures 1 and 2');
    await saidBecome(/^I look at one/);
    me.edit(message, 'What is in picture 2?');
    await me.waitFor(({ id, content }) => id === refusal.id && /^an umbrella/.test(content), 15_000);
    me.edit(message, 'What is in picture 4?');
    await saidBecome(/^an umbrella/, /^You asked about picture 4/);
    await stage.restartBot();
    me.edit(message, 'Compare pictures 1 and 2');
    await saidBecome(/^an umbrella/, /^I look at one/);
    me.edit(message, 'What is in picture 2?');
    await saidBecome(/^an umbrella/);
    me.edit(message, 'What is in picture 4?');
    await saidBecome(/^an umbrella/, /^You asked about picture 4/);
    me.edit(message, 'What is in picture 1?');
    await saidBecome(/^a rocket/);
  });
});

describe('a message that calls the bot only since it was edited', () => {
  it('is answered as if it had come just now, and its later edits are followed', async () => {
    const stage = await openStage(backend, { limits: quickly });
    const { me, mention } = stage;
    const message = me.post({ content: 'What is this?', files: [await picture('rocket')] });
    await replyTo(me, await askAboutRocket(stage));
    me.edit(message, `${mention} What is this?`);
    const answer = await replyTo(me, message);
    expect(answer.content).toBe('a rocket');
    me.edit(message, `${mention} What color is the background?`);
    await me.waitFor(({ id, content }) => id === answer.id && content === 'red', 15_000);
  });

  it('is answered also where its picture was captioned unasked, and not again once the answer is deleted', async () => {
    const stage = await openStage(backend, { limits: quickly });
    const { me, mention } = stage;
    await set(stage, 'mode', { what: 'caption' });
    const message = me.post({ content: 'What is this?', files: [await picture('rocket')] });
    await replyTo(me, message);
    me.edit(message, `${mention} What is this?`);
    const answer = await me.waitFor(({ content }) => content === 'a rocket', 15_000);
    me.press(answer, buttonOf(answer, 'delete'));
    await expect.poll(() => saidBy(stage), { timeout: 15_000 }).not.toContain('a rocket');
    me.edit(message, `${mention} What is this thing?`);
    await replyTo(me, await askAboutRocket(stage));
    expect(saidBy(stage).filter((text) => text === 'a rocket')).toHaveLength(1);
  });

  it('is left alone where nobody waits for an answer any more', async () => {
    const stage = await openStage(backend, { limits: quickly });
    const { me, mention } = stage;
    const message = me.post({ content: 'What is this?', files: [await picture('rocket')] });
    await replyTo(me, await askAboutRocket(stage));
    vi.useFakeTimers({ toFake: ['Date'], now: Date.now() + 16 * 60_000 });
    me.edit(message, `${mention} What is this?`);
    await replyTo(me, await askAboutRocket(stage));
    expect(saidBy(stage)).toEqual(['a rocket', 'a rocket']);
  });
});

/** Of two, in direct messages. */
async function askForPicture3() {
  const stage = await openStage(backend, { limits: quickly });
  const { me } = stage;
  const channelId = me.directMessages();
  const files = [await picture('rocket'), await picture('umbrella')];
  const message = me.post({ channelId, content: 'What is in picture 3?', files });
  const refusal = await replyTo(me, message);
  return { stage, me, channelId, message, refusal };
}
