// What a command, a form or a button asked for and takes long shows while it is made.
import { beforeEach, describe, expect, it } from 'vitest';
import { later } from '../support/later.ts';
import { type Dictated, dictated, emojiForFile } from './backends.ts';
import { progressOf, soon } from './draft-stage.ts';
import { askAboutRocket, saidBy } from './in-chat.ts';
import { buttonOf, openStage, picture, quickly, replyTo, responseTo } from './stage.ts';

const model = await emojiForFile();
let slow: Dictated;
beforeEach(() => {
  slow = dictated(model);
});

describe('an answer to a command or a form that takes long', () => {
  it('shows below its question as it is written', async () => {
    const stage = await openStage(slow, soon);
    const { me } = stage;
    me.post({ files: [await picture('rocket')] });
    const used = me.run('ask', { question: 'What is *this*?' });
    const draft = await progressOf(stage, used, /^> What is \\\*this\\\*\?\n-# I am thinking… ⏳$/);
    slow.say('a rocket');
    await progressOf(stage, used, /\?\na rocket ⏳$/);
    slow.end();
    const answer = await responseTo(me, used);
    expect(answer).toMatchObject({ id: draft.id, content: '> What is \\*this\\*?\na rocket' });
    expect(buttonOf(answer, 'again')).toContain(draft.id);
  });

  it('goes on where the prompt of a caption ends, also in private', async () => {
    const stage = await openStage(slow, soon);
    const { me, discord } = stage;
    const other = discord.addPerson('Ada');
    me.post({ files: [await picture('rocket')] });
    const used = me.run('caption', { prompt: 'a photo of', private: true });
    slow.say(' a rocket');
    await progressOf(stage, used, /^a photo of a rocket ⏳$/);
    slow.end();
    expect((await responseTo(me, used)).content).toBe('a photo of a rocket');
    expect(other.read().filter(({ author }) => author.id === discord.botId)).toEqual([]);
  });

  it('makes room for the sentence that says why it failed', async () => {
    const stage = await openStage(slow, soon);
    const { me } = stage;
    const posted = me.post({ files: [await picture('rocket')] });
    const used = me.runOn(posted, 'Caption image');
    slow.say('a rocket');
    const draft = await progressOf(stage, used, /^a rocket ⏳$/);
    slow.end(new Error('out of memory'));
    const told = await responseTo(me, used);
    expect(told).toMatchObject({ id: draft.id, content: expect.stringMatching(/incident/) });
  });

  it('is posted apart when Discord waits no longer, and nothing else stays', async () => {
    const stage = await openStage(slow, { ...soon, limits: { ...quickly, interactionTokenMs: 60_000 } });
    const { me } = stage;
    me.post({ files: [await picture('rocket')] });
    const used = me.run('caption');
    slow.say('a rocket');
    await progressOf(stage, used, /^a rocket ⏳$/);
    later(60_001);
    slow.end();
    await me.waitFor(({ content }) => content === 'a rocket', 10_000);
    await stage.stopBot();
    expect(saidBy(stage)).toEqual(['a rocket']);
  });
});

describe('work that takes long before there is an answer', () => {
  it('shows how far a description is', async () => {
    const stage = await openStage(slow, soon);
    const { me } = stage;
    const used = me.runOn(me.post({ files: [await picture('rocket')] }), 'Describe for screen readers');
    await progressOf(stage, used, /^-# I am thinking… ⏳$/);
    slow.say('a rocket');
    const draft = await progressOf(stage, used, /^a rocket ⏳$/);
    slow.end();
    const described = await responseTo(me, used);
    expect(described).toMatchObject({ id: draft.id, content: '-# With a description for screen readers.' });
    expect(described.attachments).toHaveLength(1);
  });

  it('shows to whoever opens a thread how far its name is', async () => {
    const stage = await openStage(slow, soon);
    const { me } = stage;
    me.post({ files: [await picture('rocket')] });
    const used = me.run('chat');
    await progressOf(stage, used, /^-# I am thinking… ⏳$/);
    slow.answer('a rocket');
    expect((await responseTo(me, used)).content).toMatch(/^Let's talk about it in <#/);
    const given = me.run('chat', { image: await picture('rocket') });
    await progressOf(stage, given, /^-# I am thinking… ⏳$/);
    slow.answer('a rocket');
    await progressOf(stage, given, /^Let's talk about it in <#/);
  });

  it('shows the same under an answer', async () => {
    const stage = await openStage(slow, soon);
    const { me } = stage;
    const question = await askAboutRocket(stage);
    slow.answer('a rocket');
    const answer = await replyTo(me, question);
    const used = me.press(answer, buttonOf(answer));
    await progressOf(stage, used, /^-# I am thinking… ⏳$/);
    slow.answer('a rocket');
    expect((await responseTo(me, used)).content).toMatch(/^Let's talk about it in <#/);
  });
});
