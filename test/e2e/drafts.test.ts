// Answers that take long show while they are made, in the message that becomes them.
import { setTimeout as delay } from 'node:timers/promises';
import { type APIMessage, MessageFlags } from 'discord.js';
import { beforeEach, describe, expect, it, onTestFinished, vi } from 'vitest';
import { createMessage, editMessage } from '../../src/playground/state/messages.ts';
import type { AnyChannel, StoredMessage } from '../../src/playground/state/world.ts';
import { startFlakyProxy } from '../support/flaky-proxy.ts';
import { type Dictated, dictated, emojiForFile, saying } from './backends.ts';
import {
  buttonOf,
  draftFor,
  openStage,
  picture,
  quickly,
  replyTo,
  responseTo,
  type Stage,
  type StageOptions,
} from './stage.ts';

const model = await emojiForFile();
let slow: Dictated;
beforeEach(() => {
  slow = dictated(model);
});

const soon: StageOptions = { limits: quickly, bot: { draftTimes: { afterMs: 30, everyMs: 20 } } };
const edits = { method: 'PATCH', path: /\/messages\/\d+$/ };

async function ask({ me, mention }: Stage, question = 'What is this?'): Promise<APIMessage> {
  return me.post({ content: `${mention} ${question}`, files: [await picture('rocket')] });
}

function saidBy({ me, discord }: Stage): APIMessage[] {
  return me.read().filter(({ author }) => author.id === discord.botId);
}

const problems = ({ log }: Stage) => log.lines.filter(({ level }) => level === 'error' || level === 'warn');

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
    const question = await ask(stage);
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
    expect(saidBy(stage)).toHaveLength(1);
    expect(problems(stage)).toEqual([]);
  });

  it('is found again by the reply that shows it', async () => {
    const stage = await openStage(slow, soon);
    const { me } = stage;
    const question = await ask(stage);
    const draft = await draftFor(me, question);
    slow.say('a rocket');
    slow.end();
    await replyTo(me, question);
    const memory = async () => (await responseTo(me, me.run('memory'))).content;
    expect(await memory()).toContain('What is this? → a rocket');
    me.delete(draft);
    await expect.poll(memory).not.toContain('a rocket');
  });

  it('ends the typing with the first words that show, and pings nobody with any of them', async () => {
    const stage = await openStage(slow, soon);
    const { me } = stage;
    const question = await ask(stage);
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
    const question = await ask(stage);
    slow.say(long);
    const draft = await draftFor(me, question, /there\. ⏳$/);
    slow.end();
    await expect.poll(() => saidBy(stage).length).toBe(3);
    await stage.stopBot();
    const answers = saidBy(stage);
    expect(answers[0]?.id).toBe(draft.id);
    expect(answers.map(({ content }) => content).join(' ')).toBe(long);
    expect(answers.map(({ components = [] }) => components.length)).toEqual([0, 0, 1]);
  });

  it('is said to be none where the model has no words', async () => {
    const stage = await openStage(slow, soon);
    const question = await ask(stage);
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
    const question = await ask(stage);
    slow.say('a rocket');
    await draftFor(me, question, /^a rocket/);
    slow.end(new Error('out of memory'));
    expect((await replyTo(me, question)).content).toMatch(/incident/);
    await stage.stopBot();
    expect(saidBy(stage)).toHaveLength(1);
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
      await expect.poll(() => saidBy(stage)).toEqual([]);
      const next = await ask(stage, 'Is there a bee?');
      slow.say('no');
      slow.end();
      await replyTo(me, next);
      await stage.stopBot();
      expect(saidBy(stage)).toHaveLength(1);
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
    const question = await ask(stage);
    await draftFor(me, question);
    slow.say('a rocket');
    slow.end();
    await replyTo(me, question);
    const other = await ask(stage, 'Is there a bee?');
    await draftFor(me, other);
    discord.fail({ ...edits, status: 502, times: 8 });
    slow.say('no');
    slow.end();
    await replyTo(me, other);
    await stage.stopBot();
    expect(saidBy(stage).map(({ content }) => content)).toEqual(['a rocket', 'no']);
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
    slow.say('one');
    slow.end();
    await draftFor(me, third, /^-# 1 question is before yours, about \d+ seconds?\. ⏳$/);
    expect((await replyTo(me, first)).content).toBe('one');
    for (const text of ['two', 'three']) {
      slow.say(text);
      slow.end();
    }
    expect((await replyTo(me, second)).content).toBe('two');
    expect(await replyTo(me, third)).toMatchObject({ id: draft.id, content: 'three' });
  });
});

describe('an answer that comes soon', () => {
  it('is one message, never edited', async () => {
    const stage = await openStage(saying(model, () => 'a rocket'));
    const { me } = stage;
    const question = await ask(stage);
    const events = eventsOf(stage);
    expect((await replyTo(me, question)).edited_timestamp).toBeNull();
    await stage.stopBot();
    expect(events).not.toContain('messageUpdate');
  });
});

describe('an answer to a command or a form that takes long', () => {
  const draftOf = ({ me }: Stage, interactionId: string, text: RegExp) =>
    me.waitFor(
      ({ content, interaction_metadata: by }) => by?.id === interactionId && text.test(content),
      10_000,
    );

  it('shows below its question as it is written', async () => {
    const stage = await openStage(slow, soon);
    const { me } = stage;
    me.post({ files: [await picture('rocket')] });
    const used = me.run('ask', { question: 'What is *this*?' });
    const draft = await draftOf(stage, used, /^> What is \\\*this\\\*\?\n-# I am thinking… ⏳$/);
    slow.say('a rocket');
    await draftOf(stage, used, /\?\na rocket ⏳$/);
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
    await draftOf(stage, used, /^a photo of a rocket ⏳$/);
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
    const draft = await draftOf(stage, used, /^a rocket ⏳$/);
    slow.end(new Error('out of memory'));
    const told = await responseTo(me, used);
    expect(told).toMatchObject({ id: draft.id, content: expect.stringMatching(/incident/) });
  });

  it('is posted apart when Discord waits no longer, and nothing else stays', async () => {
    const stage = await openStage(slow, { ...soon, limits: { ...quickly, interactionTokenMs: 1_500 } });
    const { me } = stage;
    me.post({ files: [await picture('rocket')] });
    const used = me.run('caption');
    slow.say('a rocket');
    await draftOf(stage, used, /^a rocket ⏳$/);
    await delay(1_500);
    slow.end();
    await me.waitFor(({ content }) => content === 'a rocket', 10_000);
    await stage.stopBot();
    expect(saidBy(stage).map(({ content }) => content)).toEqual(['a rocket']);
  });
});

describe('an answer that takes the place of another, and takes long', () => {
  const reads = ({ me }: Stage, { id }: APIMessage, content: string) =>
    me.waitFor(
      (message) => message.id === id && message.content === content && !!message.components?.length,
      15_000,
    );

  it('shows in its message while it is written, and gives the old one back where it fails', async () => {
    const stage = await openStage(slow, soon);
    const { me } = stage;
    const question = await ask(stage);
    slow.say('a rocket');
    slow.end();
    const old = await replyTo(me, question);
    me.press(old, buttonOf(old, 'again'));
    expect(await draftFor(me, question, /^-# I am thinking… ⏳$/)).toMatchObject({
      id: old.id,
      components: [],
    });
    slow.say('a comet');
    await draftFor(me, question, /^a comet ⏳$/);
    slow.end(new Error('out of memory'));
    const back = await reads(stage, old, 'a rocket');
    me.press(back, buttonOf(back, 'again'));
    slow.say('a star');
    await draftFor(me, question, /^a star ⏳$/);
    slow.end();
    expect(buttonOf(await reads(stage, old, 'a star'), 'again')).toContain(question.id);
    expect(saidBy(stage).filter(({ flags = 0 }) => !(flags & MessageFlags.Ephemeral))).toHaveLength(1);
  });

  it('shows a caption with the words that began it', async () => {
    const stage = await openStage(slow, soon);
    const { me } = stage;
    me.post({ files: [await picture('rocket')] });
    const used = me.run('caption', { prompt: 'a photo of' });
    slow.say(' a rocket');
    slow.end();
    const old = await responseTo(me, used);
    me.press(old, buttonOf(old, 'again'));
    slow.say(' a comet');
    await me.waitFor(({ id, content }) => id === old.id && content === 'a photo of a comet ⏳', 10_000);
    slow.end();
    await reads(stage, old, 'a photo of a comet');
  });

  it('shows below its question where nobody wrote that in the chat', async () => {
    const stage = await openStage(slow, soon);
    const { me } = stage;
    me.post({ files: [await picture('rocket')] });
    const used = me.run('ask', { question: 'What is this?' });
    slow.say('a rocket');
    slow.end();
    const old = await responseTo(me, used);
    me.press(old, buttonOf(old, 'again'));
    slow.say('a comet');
    const draft = '> What is this?\na comet ⏳';
    await me.waitFor(({ id, content }) => id === old.id && content === draft, 10_000);
    slow.end();
    await reads(stage, old, '> What is this?\na comet');
  });

  it('shows the answer to an edited question in that of the old one', async () => {
    const stage = await openStage(slow, soon);
    const { me, mention } = stage;
    const question = await ask(stage);
    slow.say('a rocket');
    slow.end();
    const old = await replyTo(me, question);
    me.edit(question, `${mention} Is there a bee?`);
    expect((await draftFor(me, question, /thinking/)).id).toBe(old.id);
    slow.say('no');
    await draftFor(me, question, /^no ⏳$/);
    slow.end();
    await reads(stage, old, 'no');
  });

  it('says how many questions are before it', async () => {
    const stage = await openStage(slow, soon);
    const { me } = stage;
    const channelId = me.directMessages();
    const first = me.post({ channelId, content: 'One?', files: [await picture('rocket')] });
    slow.say('one');
    slow.end();
    const old = await replyTo(me, first);
    const second = me.post({ channelId, content: 'Two?' });
    await draftFor(me, second, /thinking/);
    me.press(old, buttonOf(old, 'again'));
    await draftFor(me, first, /^-# 1 question is before yours/);
    for (const text of ['two', 'once more']) {
      slow.say(text);
      slow.end();
    }
    expect((await replyTo(me, second)).content).toBe('two');
    await reads(stage, old, 'once more');
  });
});

describe('work that takes long before there is an answer', () => {
  const progressOf = ({ me }: Stage, interactionId: string, text: RegExp) =>
    me.waitFor(
      ({ content, interaction_metadata: by }) => by?.id === interactionId && text.test(content),
      10_000,
    );

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
    slow.say('a rocket');
    slow.end();
    expect((await responseTo(me, used)).content).toMatch(/^Let's talk about it in <#/);
    const given = me.run('chat', { image: await picture('rocket') });
    await progressOf(stage, given, /^-# I am thinking… ⏳$/);
    slow.say('a rocket');
    slow.end();
    await progressOf(stage, given, /^Let's talk about it in <#/);
  });

  it('shows the same under an answer', async () => {
    const stage = await openStage(slow, soon);
    const { me } = stage;
    const question = await ask(stage);
    slow.say('a rocket');
    slow.end();
    const answer = await replyTo(me, question);
    const used = me.press(answer, buttonOf(answer));
    await progressOf(stage, used, /^-# I am thinking… ⏳$/);
    slow.say('a rocket');
    slow.end();
    expect((await responseTo(me, used)).content).toMatch(/^Let's talk about it in <#/);
  });
});

describe('half an answer, left by a bot that was cut off', () => {
  it('is no answer: the question is answered anew, once', async () => {
    const stage = await openStage(
      saying(model, () => 'a rocket'),
      { limits: quickly },
    );
    const { me, discord } = stage;
    const { world, channelId } = discord;
    await stage.stopBot();
    const question = await ask(stage);
    const channel = world.channels.get(channelId) as AnyChannel;
    const context = { channel, author: world.bot, replyTo: { messageId: question.id } };
    createMessage(world, { content: 'a roc ⏳' }, context);
    await stage.restartBot();
    expect((await replyTo(me, question)).content).toBe('a rocket');
    await stage.stopBot();
    expect(saidBy(stage).map(({ content }) => content)).toEqual(['a rocket']);
  });

  it('to a command says that it will not be ended, and its turn is forgotten', async () => {
    const stage = await openStage(
      saying(model, () => 'a rocket'),
      { limits: quickly },
    );
    const { me, discord } = stage;
    const { world, channelId } = discord;
    me.post({ files: [await picture('rocket')] });
    const answer = await responseTo(me, me.run('ask', { question: 'What is this?' }));
    await stage.stopBot();
    const stored = world.messages.get(channelId)?.get(answer.id) as StoredMessage;
    editMessage(world, stored, { content: '> What is this?\na roc ⏳', components: [] });
    await stage.restartBot();
    const told = await me.waitFor(({ id, content }) => id === answer.id && !content.includes('⏳'));
    expect(told.content).toBe('I was restarted before I had answered. Ask again.');
    expect((await responseTo(me, me.run('memory'))).content).not.toContain('a rocket');
  });

  describe('in a channel that was quiet ever since', () => {
    /** The bot is gone, and an hour later it comes back; what it did last has failed. */
    async function crash(stage: Stage, failing: readonly { method: string; path: RegExp }[]) {
      for (const fault of failing) stage.discord.fail({ ...fault, status: 403 });
      await stage.stopBot();
      vi.useFakeTimers({ toFake: ['Date'], now: Date.now() + 60 * 60_000 });
      onTestFinished(() => void vi.useRealTimers());
      await stage.restartBot();
    }
    const deadly: StageOptions = { ...soon, bot: { ...soon.bot, drainMs: 50 } };

    it('is removed', async () => {
      const stage = await openStage(slow, deadly);
      const question = await ask(stage);
      slow.say('a roc');
      const draft = await draftFor(stage.me, question, /^a roc/);
      await crash(stage, [
        { method: 'DELETE', path: new RegExp(draft.id) },
        { method: 'POST', path: /\/messages$/ },
      ]);
      await expect.poll(() => saidBy(stage), { timeout: 10_000 }).toEqual([]);
    });

    it('to a command says that it will not be ended', async () => {
      const stage = await openStage(slow, deadly);
      const { me } = stage;
      me.post({ files: [await picture('rocket')] });
      const used = me.run('ask', { question: 'What is this?' });
      slow.say('a roc');
      await me.waitFor(({ content }) => /a roc ⏳$/.test(content), 10_000);
      await crash(stage, [{ method: 'PATCH', path: /\/webhooks\// }]);
      const told = await me.waitFor(
        ({ content, interaction_metadata: by }) => by?.id === used && !content.includes('⏳'),
        10_000,
      );
      expect(told.content).toBe('I was restarted before I had answered. Ask again.');
    });

    it('in the place of another gives that one back', async () => {
      const stage = await openStage(slow, deadly);
      const { me } = stage;
      const question = await ask(stage);
      slow.say('a rocket');
      slow.end();
      const old = await replyTo(me, question);
      me.press(old, buttonOf(old, 'again'));
      slow.say('a com');
      await draftFor(me, question, /^a com ⏳/);
      await crash(stage, [{ method: 'PATCH', path: new RegExp(old.id) }]);
      const back = await me.waitFor(
        ({ id, content, components = [] }) =>
          id === old.id && content === 'a rocket' && components.length > 0,
        10_000,
      );
      expect(buttonOf(back, 'again')).toContain(question.id);
    });
  });

  it('is left alone where it is not left: while the bot goes on to write it after a new session', async () => {
    const stage = await openStage(slow, soon);
    const { me, discord } = stage;
    const question = await ask(stage);
    slow.say('a rocket');
    const draft = await draftFor(me, question, /^a rocket/);
    discord.gateway.forgetSessions();
    discord.gateway.cut();
    await discord.waitForEvent('bot', ({ online }) => online, 15_000);
    await delay(300);
    slow.end();
    expect((await replyTo(me, question)).id).toBe(draft.id);
  });
});
