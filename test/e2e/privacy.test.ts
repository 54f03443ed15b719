// People who keep their pictures from the bot: nothing of theirs is fetched or kept, and whoever asks is told.
import { setTimeout as delay } from 'node:timers/promises';
import { type APIMessage, MessageFlags } from 'discord.js';
import { describe, expect, it, vi } from 'vitest';
import type { Person } from '../../src/playground/person.ts';
import { emojiForFile, held } from './backends.ts';
import { keptIn } from './in-chat.ts';
import {
  buttonOf,
  openStage,
  picture,
  quickly,
  replyTo,
  responseTo,
  type Stage,
  type StageOptions,
  threadIn,
} from './stage.ts';

const backend = await emojiForFile();

const withheld = /^Whoever posted this picture keeps their pictures from me\. Ask about another one/;

interface PrivateStage extends Stage {
  readonly ada: Person;
  /** Files that the bot took from the CDN. */
  fetches(): number;
}

async function openPrivateStage(options: StageOptions = {}): Promise<PrivateStage> {
  const stage = await openStage(backend, { limits: quickly, ...options });
  const get = vi.spyOn(stage.discord.world.files, 'get');
  return { ...stage, ada: stage.discord.addPerson('Ada'), fetches: () => get.mock.calls.length };
}

function privacy(person: Person, pictures?: 'in' | 'out'): Promise<APIMessage> {
  return responseTo(person, person.run('privacy', pictures ? { pictures } : {}));
}

/** What the store keeps: of pictures, and of whom in conversations. */
async function kept(stage: Stage) {
  const [features, notes, conversations] = await keptIn(stage, 'features', 'picture-notes', 'conversations');
  return { features: features?.length, notes: notes?.length, conversations: conversations?.length };
}

describe('who opted out', () => {
  it('is asked about in vain, by whatever way, and nothing of theirs is fetched or kept', async () => {
    const stage = await openPrivateStage();
    const { me, ada, mention, fetches } = stage;
    await privacy(ada, 'out');
    const image = ada.post({ files: [await picture('rocket')] });
    const question = me.post({ content: `${mention} What is this?`, replyTo: image.id });
    expect((await replyTo(me, question)).content).toMatch(withheld);
    expect((await replyTo(me, me.post(`${mention} What is this?`))).content).toMatch(withheld);
    expect((await responseTo(me, me.run('caption'))).content).toMatch(withheld);
    expect((await responseTo(me, me.run('chat'))).content).toMatch(withheld);
    const own = ada.post({ content: `${mention} What is this?`, files: [await picture('umbrella')] });
    expect((await replyTo(ada, own)).content).toMatch(withheld);
    const handedOver = ada.run('caption', { image: await picture('umbrella') });
    expect((await responseTo(ada, handedOver)).content).toMatch(withheld);
    expect(fetches()).toBe(0);
    expect(await kept(stage)).toEqual({ features: 0, notes: 0, conversations: 0 });
  });

  it('stands before no older picture of somebody else', async () => {
    const { me, ada, mention } = await openPrivateStage();
    await privacy(ada, 'out');
    me.post({ files: [await picture('rocket')] });
    const theirs = ada.post({ files: [await picture('umbrella')] });
    expect((await responseTo(me, me.run('caption'))).content).toMatch(/^a rocket/);
    expect((await replyTo(me, me.post(`${mention} What is this?`))).content).toBe('a rocket');
    const about = me.post({ content: `${mention} What is this?`, replyTo: theirs.id });
    expect((await replyTo(me, about)).content).toMatch(withheld);
  });

  it('takes along what was kept of their pictures, and leaves what was kept of others', async () => {
    const stage = await openPrivateStage();
    const { me, ada, mention } = stage;
    const theirs = ada.post({ files: [await picture('rocket')] });
    const answer = await replyTo(me, me.post({ content: `${mention} What is this?`, replyTo: theirs.id }));
    const threadId = threadIn(await responseTo(me, me.press(answer, buttonOf(answer))));
    await replyTo(me, me.post({ channelId: threadId, content: 'Is there a bee?' }));
    await replyTo(me, me.post({ content: `${mention} What is this?`, files: [await picture('umbrella')] }));
    const handedOver = ada.run('caption', { image: await picture('strawberry') });
    const theirCaption = await responseTo(ada, handedOver);
    await replyTo(ada, ada.post({ content: 'Is there a star?', replyTo: theirCaption.id }));

    const told = await privacy(ada, 'out');
    expect(told.content).toContain('I removed what I kept of 2 pictures and 4 answers about them.');
    expect(told.flags).toBe(MessageFlags.Ephemeral);
    const again = me.post({ channelId: threadId, content: 'What is this?' });
    expect((await replyTo(me, again)).content).toMatch(withheld);
    const reply = ada.post({ content: 'Is there a star?', replyTo: theirCaption.id });
    expect((await replyTo(ada, reply)).content).toMatch(withheld);
    expect(await kept(stage)).toEqual({ features: 1, notes: 1, conversations: 1 });
  });

  it('stays so after a restart, until they opt in again', async () => {
    const { me, ada, mention, restartBot } = await openPrivateStage();
    const image = ada.post({ files: [await picture('rocket')] });
    await privacy(ada, 'out');
    await restartBot();
    const ask = () => replyTo(me, me.post({ content: `${mention} What is this?`, replyTo: image.id }));
    expect((await ask()).content).toMatch(withheld);
    expect((await privacy(ada, 'in')).content).toMatch(/^I look at your pictures again/);
    expect((await ask()).content).toBe('a rocket');
    await restartBot();
    // One that nothing is kept of, so that it has to be fetched.
    const later = ada.post({ files: [await picture('umbrella')] });
    const question = `${mention} What color is the background?`;
    expect((await replyTo(me, me.post({ content: question, replyTo: later.id }))).content).toBe('purple');
  });

  it('disturbs no talk about the picture before theirs', async () => {
    const { me, ada } = await openPrivateStage();
    await privacy(ada, 'out');
    me.post({ files: [await picture('rocket')] });
    const channelId = threadIn(await responseTo(me, me.run('chat')));
    await replyTo(me, me.post({ channelId, content: 'What is this?' }));
    const theirs = ada.post({ channelId, files: [await picture('umbrella')] });
    expect((await replyTo(ada, theirs)).content).toMatch(withheld);
    const next = me.post({ channelId, content: 'What color is the background?' });
    expect((await replyTo(me, next)).content).toBe('red');
  });

  it('while an answer about their picture is being made leaves nothing of it either', async () => {
    const stage = await openPrivateStage();
    const { me, ada, mention } = stage;
    const theirs = ada.post({ files: [await picture('rocket')] });
    const question = me.post({ content: `${mention} What is this?`, replyTo: theirs.id });
    await Promise.all([replyTo(me, question), privacy(ada, 'out')]);
    expect(await kept(stage)).toEqual({ features: 0, notes: 0, conversations: 0 });
  });
});

describe('who opts out while their picture is captioned', () => {
  it('leaves no record of a talk about it, and holds up no other', async () => {
    const slow = held(backend, ({ prompt }) => prompt === '');
    const stage = await openStage(slow, { limits: quickly });
    const { me, mention, discord } = stage;
    const ada = discord.addPerson('Ada');
    const question = ada.post({ content: mention, files: [await picture('rocket')] });
    await slow.asked;
    await privacy(ada, 'out');
    const other = me.post({ content: `${mention} What is this?`, files: [await picture('umbrella')] });
    await replyTo(me, other);
    slow.letGo();
    await replyTo(ada, question);
    expect(await kept(stage)).toEqual({ features: 1, notes: 1, conversations: 1 });
  });

  it('sees no thread named by it', async () => {
    const slow = held(backend, () => true);
    const { me, discord } = await openStage(slow, { limits: quickly });
    const ada = discord.addPerson('Ada');
    ada.post({ files: [await picture('rocket')] });
    const opening = me.run('chat');
    await slow.asked;
    await privacy(ada, 'out');
    slow.letGo();
    expect((await responseTo(me, opening)).content).toMatch(withheld);
  });
});

describe('who opts out while their picture is looked at', () => {
  it('sees it neither posted again with a description nor captioned unasked', async () => {
    for (const [work, isLeft] of [
      [
        (me: Person, theirs: APIMessage) => void me.runOn(theirs, 'Describe for screen readers'),
        ({ attachments }: APIMessage) => attachments.length > 0,
      ],
      [() => {}, ({ content }: APIMessage) => content.startsWith('a rocket')],
    ] as const) {
      const slow = held(backend, () => true);
      const { me, discord } = await openStage(slow, { limits: quickly });
      const ada = discord.addPerson('Ada');
      await responseTo(me, me.run('settings mode', { what: work.length > 0 ? 'asked' : 'caption' }));
      const theirs = ada.post({ files: [await picture('rocket')] });
      work(me, theirs);
      await slow.asked;
      await privacy(ada, 'out');
      slow.letGo();
      await delay(700);
      const shown = me.read().filter((one) => one.author.id === discord.botId && isLeft(one));
      expect(shown.map(({ content }) => content)).toEqual([]);
    }
  });
});

describe('/privacy', () => {
  it('shows what is kept about whoever asks, and to nobody else', async () => {
    const { me, ada, mention, discord } = await openPrivateStage();
    const image = ada.post({ files: [await picture('rocket')] });
    await replyTo(me, me.post({ content: `${mention} What is this?`, replyTo: image.id }));
    await replyTo(ada, ada.post({ content: `${mention} Is there a bee?`, replyTo: image.id }));
    const { content, id } = await privacy(ada);
    expect(content).toContain('what the model saw in 1 picture of yours');
    expect(content).toContain('- 2 questions about your pictures');
    expect(content).toContain('- 1 question that you asked');
    expect(me.read(discord.channelId).map((message) => message.id)).not.toContain(id);
  });
});
