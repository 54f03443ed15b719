// That an answer reaches whoever asked, once, however Discord or the way to it fails; and that one which reached
// nobody counts as not said.
import { type APIMessage, type APITextChannel, MessageFlags } from 'discord.js';
import { beforeEach, describe, expect, it } from 'vitest';
import type { Backend } from '../../models/backend.ts';
import { deleteChannel } from '../../src/playground/state/channels.ts';
import { startThreadOn } from '../../src/playground/state/threads.ts';
import type { AnyChannel, StoredMessage } from '../../src/playground/state/world.ts';
import { deferred } from '../support/deferred.ts';
import { type FlakyProxy, startFlakyProxy } from '../support/flaky-proxy.ts';
import { emojiForFile, saying, type WatchedBackend, watch } from './backends.ts';
import { askAboutRocket, saidBy } from './in-chat.ts';
import { buttonOf, openStage, picture, replyTo, responseTo, type Stage, threadIn } from './stage.ts';

const model = await emojiForFile();
let backend: WatchedBackend;
beforeEach(() => {
  backend = watch(model);
});

const replies = { method: 'POST', path: /\/messages$/ };

async function openFlakyStage(speaker: Backend = backend): Promise<{ stage: Stage; cut: FlakyProxy['cut'] }> {
  let proxy: FlakyProxy | undefined;
  const stage = await openStage(speaker, {
    async way(api) {
      proxy = await startFlakyProxy(api);
      return proxy.api;
    },
  });
  return { stage, cut: (cut) => proxy?.cut(cut) };
}

describe('an answer', () => {
  it('reaches whoever asked although Discord fails for a while, and nothing is logged as a failure', async () => {
    const stage = await openStage(backend);
    stage.discord.fail({ ...replies, status: 503, times: 6 });
    expect((await replyTo(stage.me, await askAboutRocket(stage))).content).toBe('a rocket');
    expect(stage.log.lines.filter(({ level }) => level === 'error')).toEqual([]);
  });

  it.each(['before', 'after'] as const)(
    'is given once although its connection is cut %s Discord took it',
    async (when) => {
      const { stage, cut } = await openFlakyStage();
      cut({ ...replies, when, times: 2 });
      await replyTo(stage.me, await askAboutRocket(stage));
      await stage.stopBot();
      expect(saidBy(stage)).toEqual(['a rocket']);
    },
  );

  it('to a command reaches whoever asked although Discord fails for a while', async () => {
    const { me, discord } = await openStage(backend);
    me.post({ files: [await picture('rocket')] });
    discord.fail({ method: 'PATCH', path: /^\/webhooks\//, status: 502, times: 6 });
    expect((await responseTo(me, me.run('caption'))).content).toBe('a rocket on a red background');
  });

  describe.each(['before', 'after'] as const)('whose acknowledgement is cut %s Discord took it', (when) => {
    const acknowledgement = { method: 'POST', path: /\/interactions\//, when, times: 1 };

    it('is given to a command all the same', async () => {
      const { stage, cut } = await openFlakyStage();
      const { me, log } = stage;
      me.post({ files: [await picture('rocket')] });
      cut(acknowledgement);
      expect((await responseTo(me, me.run('caption'))).content).toBe('a rocket on a red background');
      expect(log.lines.filter(({ level }) => level === 'error')).toEqual([]);
    });

    it('is given to a button all the same, and only to whoever pressed it', async () => {
      const { stage, cut } = await openFlakyStage();
      const { me } = stage;
      const answer = await replyTo(me, await askAboutRocket(stage));
      cut(acknowledgement);
      const { content, flags } = await responseTo(me, me.press(answer, buttonOf(answer)));
      expect(content).toMatch(/^Let's talk about it in <#/);
      expect(flags).toBe(MessageFlags.Ephemeral);
    });
  });
});

describe('a long answer to a command', () => {
  const long = 'There is a rocket here. '.repeat(200).trim();
  const posts = { method: 'POST', path: /\/(messages|webhooks\/.*)$/, when: 'after', times: 3 } as const;

  it('is given once although the responses to its further parts are lost', async () => {
    const { stage, cut } = await openFlakyStage(saying(model, () => long));
    const { me } = stage;
    me.post({ files: [await picture('rocket')] });
    cut(posts);
    await responseTo(me, me.run('caption'));
    await stage.stopBot();
    expect(saidBy(stage).join(' ')).toBe(long);
  });

  it('is given also where the bot may not write by itself', async () => {
    const stage = await openStage(saying(model, () => long));
    const { me, discord } = stage;
    me.post({ files: [await picture('rocket')] });
    discord.denyBot(discord.channelId, ['SendMessages']);
    await responseTo(me, me.run('caption'));
    await stage.stopBot();
    expect(saidBy(stage).join(' ')).toBe(long);
  });
});

describe('what a question is about', () => {
  const reads = { method: 'GET', path: /^\/channels\/\d+\/messages/, status: 503, times: 4 };

  it('is read back although Discord fails for a while', async () => {
    const stage = await openStage(backend);
    const { me, mention, discord, log } = stage;
    const image = me.post({ files: [await picture('rocket')] });
    await stage.restartBot();
    discord.fail(reads);
    expect((await replyTo(me, me.post(`${mention} What is this?`))).content).toBe('a rocket');
    await stage.restartBot();
    discord.fail(reads);
    const reply = me.post({ content: `${mention} What color is the background?`, replyTo: image.id });
    expect((await replyTo(me, reply)).content).toBe('red');
    expect(log.lines.filter(({ level }) => level === 'error')).toEqual([]);
  });
});

describe('a visual chat', () => {
  /** Presses the button under an answer, and asks in the thread. */
  async function talkAfter(stage: Stage, answer: APIMessage): Promise<void> {
    const { me } = stage;
    const channelId = threadIn(await responseTo(me, me.press(answer, buttonOf(answer))));
    await expect.poll(() => saidBy(stage, channelId)).toEqual([expect.stringMatching(/^Ask about this/)]);
    await replyTo(me, me.post({ channelId, content: 'Is there a bee?' }));
    expect(backend.decoded.at(-1)?.prompt).toMatch(/^Question: What is this\? Answer: a rocket/);
  }

  it('begins whole although Discord fails for a while, or the response to its start is lost', async () => {
    const { stage, cut } = await openFlakyStage();
    const threads = { method: 'POST', path: /\/threads$/ };
    cut({ ...threads, when: 'after', times: 1 });
    await talkAfter(stage, await replyTo(stage.me, await askAboutRocket(stage)));
    stage.discord.fail({ ...threads, status: 503, times: 4 });
    await talkAfter(stage, await replyTo(stage.me, await askAboutRocket(stage)));
    expect(stage.log.lines.filter(({ level }) => level === 'error')).toEqual([]);
  });

  it('of which a bot that was cut off left only the thread is begun by the next press', async () => {
    const stage = await openStage(backend);
    const { world, channelId, botId } = stage.discord;
    const asked = await askAboutRocket(stage);
    const answer = await replyTo(stage.me, asked);
    const stored = world.messages.get(channelId)?.get(asked.id) as StoredMessage;
    const parent = world.channels.get(channelId) as APITextChannel;
    startThreadOn(world, parent, stored, botId, { name: 'a rocket' });
    await talkAfter(stage, answer);
  });
});

describe('an answer that reached nobody', () => {
  const question = 'What color is the background?';

  it('is no turn of the talk, and an incident in the log', async () => {
    const stage = await openStage(backend, { bot: { drainMs: 100 } });
    const { me, discord, log } = stage;
    const channelId = me.directMessages();
    await replyTo(me, me.post({ channelId, files: [await picture('rocket')] }));
    discord.fail({ ...replies, status: 503, times: 4 });
    const answered = backend.decoded.length;
    me.post({ channelId, content: 'What is this?' });
    await expect.poll(() => backend.decoded.length).toBe(answered + 1);
    await expect.poll(() => log.lines.some(({ message }) => message === 'Answered a question.')).toBe(true);
    await stage.restartBot();
    expect(log.lines.filter(({ level }) => level === 'error').map(({ message }) => message)).toEqual([
      'A request failed',
    ]);
    await replyTo(me, me.post({ channelId, content: question }));
    expect(backend.decoded.at(-1)?.prompt).toBe(`Question: ${question} Answer:`);
  });

  it('because its thread was deleted meanwhile is no failure to tell anybody about', async () => {
    const { promise, resolve } = deferred<string>();
    const { me, discord, log } = await openStage(
      saying(model, ({ prompt }) => (prompt ? promise : 'a rocket')),
    );
    me.post({ files: [await picture('rocket')] });
    const channelId = threadIn(await responseTo(me, me.run('chat')));
    const typing = discord.waitForEvent('typing', (event) => event.channelId === channelId);
    me.post({ channelId, content: 'What is this?' });
    await typing;
    deleteChannel(discord.world, discord.world.channels.get(channelId) as AnyChannel);
    resolve('a rocket');
    await expect
      .poll(() => log.lines.map(({ message }) => message))
      .toContain('A channel was deleted before it was answered in');
    expect(log.lines.filter(({ level }) => level === 'error' || level === 'warn')).toEqual([]);
  });

  it('for want of a permission is no turn of the talk either', async () => {
    const stage = await openStage(backend);
    const { me, mention, discord, log } = stage;
    const image = me.post({ files: [await picture('rocket')] });
    discord.denyBot(discord.channelId, ['SendMessages']);
    me.post({ content: `${mention} What is this?`, replyTo: image.id });
    await expect.poll(() => log.lines.some(({ level }) => level === 'warn')).toBe(true);
    discord.denyBot(discord.channelId, []);
    await replyTo(me, me.post({ content: `${mention} ${question}`, replyTo: image.id }));
    expect(backend.decoded.at(-1)?.prompt).toBe(`Question: ${question} Answer:`);
  });
});
