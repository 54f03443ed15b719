// *Again* under an answer: another one takes its place.
import type { APIMessage } from 'discord.js';
import { describe, expect, it } from 'vitest';
import type { Backend, GenerateRequest } from '../../models/backend.ts';
import { emojiForFile, saying } from './backends.ts';
import { answersIn, isGone, longCaption, memoryIn } from './in-chat.ts';
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

/** Says what it is told to where tokens are drawn by chance, else what the model says. */
function drawing(says: string): { backend: Backend; drawn: GenerateRequest[] } {
  const drawn: GenerateRequest[] = [];
  const said = saying(model, (request) => {
    drawn.push(request);
    return says;
  });
  const generate: Backend['generate'] = (request) =>
    (request.temperature === undefined ? model : said).generate(request);
  return { backend: { ...said, generate }, drawn };
}

/** @returns the message when it reads otherwise */
function pressed({ me }: Stage, message: APIMessage, id: string): Promise<APIMessage> {
  me.press(message, buttonOf(message, id));
  return me.waitFor(({ id, content }) => id === message.id && content !== message.content);
}

describe('Again', () => {
  it('draws another answer, which takes the place of the old one in its message and in the memory', async () => {
    const { backend, drawn } = drawing('a comet');
    const stage = await openStage(backend);
    const { me, mention } = stage;
    me.post({ files: [await picture('rocket')] });
    const answer = await replyTo(me, me.post(`${mention} What is this?`));
    await stage.restartBot();
    expect((await pressed(stage, answer, 'again')).content).toBe('a comet');
    expect(drawn).toMatchObject([{ temperature: 1, topP: 0.95 }]);
    expect(await memoryIn(stage)).toContain('What is this? → a comet');
    // The buttons are still there, and so is the turn that they lead to.
    me.press(answer, buttonOf(answer, 'again'));
    await me.waitFor(({ content }) => content === 'a comet\n-# Asked again, I say the same.');
  });

  it('answers as after the turns before it, and leaves those after it', async () => {
    const { backend, drawn } = drawing('no');
    const stage = await openStage(backend, { limits: quickly });
    const { me } = stage;
    const threadId = await chatAboutRocket(stage);
    const ask = (content: string) => replyTo(me, me.post({ channelId: threadId, content }));
    await ask('What is this?');
    const second = await ask('Is there a rocket?');
    await ask('Is there a bee?');
    await pressed(stage, second, 'again');
    expect(drawn.map(({ prompt }) => prompt)).toEqual([
      'Question: What is this? Answer: a rocket. Question: Is there a rocket? Answer:',
    ]);
    expect(await memoryIn(stage, threadId)).toMatch(/a rocket\n.*Is there a rocket\? → no\n.*bee\? → no/);
  });

  it('makes a caption anew, with the beginning that it had', async () => {
    const { backend, drawn } = drawing('a comet');
    const stage = await openStage(backend);
    const { me } = stage;
    me.post({ files: [await picture('rocket')] });
    const caption = await responseTo(me, me.run('caption', { prompt: 'this is: a' }));
    expect((await pressed(stage, caption, 'again')).content).toBe('this is: a a comet');
    expect(drawn[0]?.prompt).toBe('this is: a');
    const given = await responseTo(me, me.run('caption', { image: await picture('umbrella') }));
    const anew = await pressed(stage, given, 'again');
    expect(anew.content).toBe('a comet');
    expect(anew.attachments).toHaveLength(1);
  });

  it('makes a caption anew that was begun with more than a button can hold', async () => {
    const { backend, drawn } = drawing('a comet');
    const stage = await openStage(backend);
    const { me } = stage;
    me.post({ files: [await picture('rocket')] });
    const prompt = `- this, [as *all* of us see], is ${'a very '.repeat(35)}old picture of`;
    expect(prompt.length).toBeGreaterThan(250);
    const caption = await responseTo(me, me.run('caption', { prompt }));
    await stage.restartBot();
    const anew = await pressed(stage, caption, 'again');
    expect(anew.content).toMatch(/ old picture of a comet$/);
    me.press(anew, buttonOf(anew, 'again'));
    await expect.poll(() => drawn.map((request) => request.prompt)).toEqual([prompt, prompt]);
  });

  it('keeps the question above the answer to a command', async () => {
    const stage = await openStage(drawing('a comet').backend);
    const { me } = stage;
    me.post({ files: [await picture('rocket')] });
    const answer = await responseTo(me, me.run('ask', { question: 'What is this?' }));
    expect(answer.content).toBe('> What is this?\na rocket');
    expect((await pressed(stage, answer, 'again')).content).toBe('> What is this?\na comet');
  });

  it('rewrites an answer of several messages', async () => {
    let says = 'background '.repeat(220).trim();
    const stage = await openStage(
      saying(model, () => says),
      { limits: quickly },
    );
    const { me, mention } = stage;
    me.post({ files: [await picture('rocket')] });
    const question = me.post(`${mention} What is this?`);
    const last = await me.waitFor(
      ({ components, message_reference: to }) => to?.message_id === question.id && !!components?.length,
    );
    says = 'a comet';
    me.press(last, buttonOf(last, 'again'));
    const first = await replyTo(me, question);
    await me.waitFor(({ id, content }) => id === first.id && content === 'a comet');
    await isGone(stage, last);
  });

  it.each([
    ['mention', ({ me, mention }: Stage) => me.post(mention).id],
    ['command', ({ me }: Stage) => me.run('caption')],
  ])('leaves of a caption of several messages by %s exactly those of the new one', async (_, begin) => {
    let says = longCaption;
    const stage = await openStage(
      saying(model, () => says),
      { limits: quickly },
    );
    const { me } = stage;
    me.post({ files: [await picture('rocket')] });
    begin(stage);
    const last = await me.waitFor(({ components }) => !!components?.length);
    const before = answersIn(stage);
    expect(before.length).toBe(3);
    // Another answer between is none of its parts.
    says = 'a comet';
    const other = await responseTo(me, me.run('caption'));
    says = 'tail '.repeat(500).trim();
    me.press(last, buttonOf(last, 'again'));
    await expect
      .poll(() => answersIn(stage).map(({ id }) => id))
      .toEqual([before[0]?.id, before[1]?.id, other.id]);
    const [one, two] = answersIn(stage) as [APIMessage, APIMessage];
    expect(`${one.content} ${two.content}`).toBe(says);
    says = longCaption;
    me.press(two, buttonOf(two, 'again'));
    await expect.poll(() => answersIn(stage).length).toBe(4);
    const grown = answersIn(stage).at(-1) as APIMessage;
    await stage.restartBot();
    me.press(grown, buttonOf(grown, 'delete'));
    await expect.poll(() => answersIn(stage).map(({ id }) => id)).toEqual([other.id]);
  });

  it('makes the caption of a picture handed over anew, also below its first message', async () => {
    let says = longCaption;
    const stage = await openStage(
      saying(model, () => says),
      { limits: quickly },
    );
    const { me } = stage;
    me.run('caption', { image: await picture('rocket') });
    const last = await me.waitFor(({ components }) => !!components?.length);
    says = 'a comet';
    me.press(last, buttonOf(last, 'again'));
    await expect.poll(() => answersIn(stage).map(({ content }) => content)).toEqual(['a comet']);
    expect(answersIn(stage)[0]?.attachments).toHaveLength(1);
  });

  it('says so, to whoever pressed it, where the turn is gone', async () => {
    const stage = await openStage(model);
    const { me, discord, mention } = stage;
    me.post({ files: [await picture('rocket')] });
    const answer = await replyTo(me, me.post(`${mention} What is this?`));
    await responseTo(me, me.run('forget', { what: 'conversation' }));
    const ada = discord.addPerson('Ada');
    const told = await responseTo(ada, ada.press(answer, buttonOf(answer, 'again')));
    expect(told.content).toBe('I no longer remember that question. Ask it once more.');
    expect(me.read().map(({ id }) => id)).not.toContain(told.id);
    expect(me.read().find(({ id }) => id === answer.id)?.content).toBe('a rocket');
  });

  it('tells what went wrong beside the answer, which stays as it is', async () => {
    const stage = await openStage(model);
    const { me } = stage;
    const image = me.post({ files: [await picture('rocket')] });
    const caption = await responseTo(me, me.run('caption'));
    me.delete(image);
    const told = await responseTo(me, me.press(caption, buttonOf(caption, 'again')));
    expect(told.content).toMatch(/^That image is gone\. Post it again/);
    expect(me.read().find(({ id }) => id === caption.id)?.content).toBe(caption.content);
  });
});
