// Answers to messages that take long show while they are made, in the message that becomes them.
import { setTimeout as delay } from 'node:timers/promises';
import { beforeEach, describe, expect, it } from 'vitest';
import { startFlakyProxy } from '../support/flaky-proxy.ts';
import { type Dictated, dictated, emojiForFile, saying } from './backends.ts';
import { soon } from './draft-stage.ts';
import { answersIn, askAboutRocket, saidBy } from './in-chat.ts';
import { buttonOf, draftFor, openStage, picture, replyTo, responseTo, type Stage } from './stage.ts';

const model = await emojiForFile();
let slow: Dictated;
beforeEach(() => {
  slow = dictated(model);
});

const problems = ({ log }: Stage) => log.lines.filter(({ level }) => level === 'error' || level === 'warn');

const edits = { method: 'PATCH', path: /\/messages\/\d+$/ };

/** What happens in the local Discord from now on. */
function eventsOf({ discord }: Stage): string[] {
  const events: string[] = [];
  discord.world.listen(({ type }) => void events.push(type));
  return events;
}

describe('an answer to a message that takes long', () => {
  it('shows as it is written, in the reply that becomes it, with buttons and turn when it is whole', async () => {
    const stage = await openStage(slow, soon);
    const { me } = stage;
    const question = await askAboutRocket(stage);
    const thinking = await draftFor(me, question, /^-# I am thinking… ⏳$/);
    slow.say(' a rocket');
    await draftFor(me, question, /^a rocket ⏳$/);
    slow.say(' on *red*');
    const draft = await draftFor(me, question, /^a rocket on \\\*red\\\* ⏳$/);
    expect(draft.components).toEqual([]);
    slow.end();
    const answer = await replyTo(me, question);
    expect(answer).toMatchObject({ id: thinking.id, content: 'a rocket on \\*red\\*' });
    expect(buttonOf(answer, 'again')).toContain(question.id);
    await stage.stopBot();
    expect(answersIn(stage)).toHaveLength(1);
    expect(problems(stage)).toEqual([]);
  });

  it('is found again by the reply that shows it', async () => {
    const stage = await openStage(slow, soon);
    const { me } = stage;
    const question = await askAboutRocket(stage);
    const draft = await draftFor(me, question);
    slow.answer('a rocket');
    await replyTo(me, question);
    const memory = async () => (await responseTo(me, me.run('memory'))).content;
    expect(await memory()).toContain('What is this? → a rocket');
    me.delete(draft);
    await expect.poll(memory).not.toContain('a rocket');
  });

  it('ends the typing with the first words that show, and pings nobody with any of them', async () => {
    const stage = await openStage(slow, soon);
    const { me } = stage;
    const question = await askAboutRocket(stage);
    slow.say(`@everyone <@${me.user.id}> look`);
    const draft = await draftFor(me, question);
    const events = eventsOf(stage);
    await delay(100);
    slow.end();
    const answer = await replyTo(me, question);
    for (const { mentions, mention_everyone } of [draft, answer]) {
      expect({ mentions, mention_everyone }).toEqual({ mentions: [], mention_everyone: false });
    }
    expect(events).not.toContain('typing');
  });

  it('that fills several messages shows the first of them, and goes on below it', async () => {
    const stage = await openStage(slow, soon);
    const { me } = stage;
    const long = 'There is a very small dog here, and another one there. '.repeat(80).trim();
    const question = await askAboutRocket(stage);
    slow.say(long);
    const draft = await draftFor(me, question, /there\. ⏳$/);
    slow.end();
    await expect.poll(() => answersIn(stage).length).toBe(3);
    await stage.stopBot();
    const answers = answersIn(stage);
    expect(answers[0]?.id).toBe(draft.id);
    expect(answers.map(({ content }) => content).join(' ')).toBe(long);
    expect(answers.map(({ components = [] }) => components.length)).toEqual([0, 0, 1]);
  });

  it('is said to be none where the model has no words', async () => {
    const stage = await openStage(slow, soon);
    const question = await askAboutRocket(stage);
    const draft = await draftFor(stage.me, question);
    slow.end();
    expect(await replyTo(stage.me, question)).toMatchObject({
      id: draft.id,
      content: expect.stringMatching(/no words/),
    });
  });

  it('is removed as far as it shows when it fails, and whoever asked is told', async () => {
    const stage = await openStage(slow, soon);
    const { me } = stage;
    const question = await askAboutRocket(stage);
    slow.say('a rocket');
    await draftFor(me, question, /^a rocket/);
    slow.end(new Error('out of memory'));
    expect((await replyTo(me, question)).content).toMatch(/incident/);
    await stage.stopBot();
    expect(answersIn(stage)).toHaveLength(1);
  });

  it.each(['the question', 'the draft'])(
    'is removed when %s is deleted, and nobody is told',
    async (what) => {
      const stage = await openStage(slow, soon);
      const { me } = stage;
      me.post({ files: [await picture('rocket')] });
      const question = me.post(`${stage.mention} What is this?`);
      slow.say('a');
      await draftFor(me, question, /^a ⏳/);
      slow.say(' rocket'); // an edit, by which the bot shows that it knows its draft
      const draft = await draftFor(me, question, /^a rocket/);
      me.delete(what === 'the draft' ? draft : question);
      await expect.poll(() => answersIn(stage)).toEqual([]);
      const next = await askAboutRocket(stage, 'Is there a bee?');
      slow.answer('no');
      await replyTo(me, next);
      await stage.stopBot();
      expect(answersIn(stage)).toHaveLength(1);
      expect(problems(stage)).toEqual([]);
    },
  );

  it('is given once although Discord fails its edits, or posts the first without saying so', async () => {
    let cut: Awaited<ReturnType<typeof startFlakyProxy>>['cut'] = () => {};
    const stage = await openStage(slow, {
      ...soon,
      async way(api) {
        const proxy = await startFlakyProxy(api);
        cut = proxy.cut;
        return proxy.api;
      },
    });
    const { me, discord } = stage;
    cut({ method: 'POST', path: /\/messages$/, when: 'after', times: 2 });
    const question = await askAboutRocket(stage);
    await draftFor(me, question);
    slow.answer('a rocket');
    await replyTo(me, question);
    const other = await askAboutRocket(stage, 'Is there a bee?');
    await draftFor(me, other);
    discord.fail({ ...edits, status: 502, times: 8 });
    slow.answer('no');
    await replyTo(me, other);
    await stage.stopBot();
    expect(saidBy(stage)).toEqual(['a rocket', 'no']);
    expect(problems(stage)).toEqual([]);
  });
});

describe('an answer that waits for others', () => {
  it('says how many are before it, and how long those take once that was measured', async () => {
    const stage = await openStage(slow, soon);
    const { me } = stage;
    const channelId = me.directMessages();
    const first = me.post({ channelId, content: 'One?', files: [await picture('rocket')] });
    await draftFor(me, first, /^-# I am thinking… ⏳$/);
    const [second, third] = [
      me.post({ channelId, content: 'Two?' }),
      me.post({ channelId, content: 'Three?' }),
    ];
    await draftFor(me, second, /^-# 1 question is before yours\. ⏳$/);
    const draft = await draftFor(me, third, /^-# 2 questions are before yours\. ⏳$/);
    await delay(1_000); // so long takes what comes before
    slow.answer('one');
    await draftFor(me, third, /^-# 1 question is before yours, about \d+ seconds?\. ⏳$/);
    expect((await replyTo(me, first)).content).toBe('one');
    for (const text of ['two', 'three']) slow.answer(text);
    expect((await replyTo(me, second)).content).toBe('two');
    expect(await replyTo(me, third)).toMatchObject({ id: draft.id, content: 'three' });
  });
});

describe('an answer that comes soon', () => {
  it('is one message, never edited', async () => {
    const stage = await openStage(saying(model, () => 'a rocket'));
    const { me } = stage;
    const question = await askAboutRocket(stage);
    const events = eventsOf(stage);
    expect((await replyTo(me, question)).edited_timestamp).toBeNull();
    await stage.stopBot();
    expect(events).not.toContain('messageUpdate');
  });
});
