// How answers reach people: whole, quiet, once, also when they are long or late, and what they hear when things fail.

import { setTimeout as delay } from 'node:timers/promises';
import type { APIThreadChannel, APIThreadMetadata } from 'discord.js';
import { describe, expect, it, vi } from 'vitest';
import type { Backend } from '../../models/backend.ts';
import { BusyError } from '../../models/errors.ts';
import { problem } from '../../models/problems.ts';
import type { Discord } from '../../src/playground/discord.ts';
import { deleteChannel, updateChannel } from '../../src/playground/state/channels.ts';
import { deferred } from '../support/deferred.ts';
import { emojiForFile, saying } from './backends.ts';
import { askAboutRocket } from './in-chat.ts';
import { buttonOf, openStage, picture, replyTo, responseTo, threadIn } from './stage.ts';

const model = await emojiForFile();

const sentence = 'There is a very small dog here, and another one there. ';
const longText = sentence.repeat(80).trim();

describe('a long answer', () => {
  it('comes in several replies, cut between sentences, with the button under the last', async () => {
    const stage = await openStage(saying(model, () => longText));
    const { me, discord } = stage;
    const question = await askAboutRocket(stage);
    await me.waitFor((message) => message.author.id === discord.botId && !!message.components?.length);
    const answers = me.read().filter(({ author }) => author.id === discord.botId);
    expect(answers.length).toBeGreaterThan(2);
    expect(answers.map(({ content }) => content).join(' ')).toBe(longText);
    for (const { content, message_reference } of answers) {
      expect(content.length).toBeLessThanOrEqual(2_000);
      expect(content.endsWith('there.')).toBe(true);
      expect(message_reference?.message_id).toBe(question.id);
    }
    expect(answers.map(({ components = [] }) => components.length)).toEqual([0, 0, 1]);
  });

  it('to a private command stays private to its end', async () => {
    const stage = await openStage(saying(model, () => longText));
    const { me, discord } = stage;
    const other = discord.addPerson('Ada');
    me.post({ files: [await picture('rocket')] });
    const interactionId = me.run('caption', { private: true });
    await me.waitFor((message) => message.author.id === discord.botId && message.content.length < 1_000);
    const parts = me.read().filter(({ author }) => author.id === discord.botId);
    expect(parts.map(({ content }) => content).join(' ')).toBe(longText);
    expect(parts[0]?.interaction_metadata?.id).toBe(interactionId);
    expect(other.read().filter(({ author }) => author.id === discord.botId)).toEqual([]);
  });
});

describe('an answer', () => {
  it('pings nobody and shows what the model said as it is', async () => {
    const everyone: string[] = [];
    const stage = await openStage(saying(model, () => `@everyone <@${everyone[0]}> **look**`));
    everyone.push(stage.me.user.id);
    const answer = await replyTo(stage.me, await askAboutRocket(stage));
    expect(answer.content).toBe(`@everyone \\<@${stage.me.user.id}> \\*\\*look\\*\\*`);
    expect(answer.mention_everyone).toBe(false);
    expect(answer.mentions).toEqual([]);
  });

  it('that the model doubts says so, and so does a caption', async () => {
    const halfSure = 2 * Math.log(0.5); // of a token and the end of the text
    const stage = await openStage(saying(model, () => 'a rocket', halfSure));
    const doubtful = "a rocket\n-# I'm not sure of this.";
    expect((await replyTo(stage.me, await askAboutRocket(stage))).content).toBe(doubtful);
    expect((await responseTo(stage.me, stage.me.run('caption'))).content).toBe(doubtful);
  });

  it('says something also when the model is silent', async () => {
    const stage = await openStage(saying(model, () => ''));
    expect((await replyTo(stage.me, await askAboutRocket(stage))).content).toMatch(/no words/);
  });

  it('is given once, however often Discord delivers what asked for it', async () => {
    const stage = await openStage(model);
    const { me, discord } = stage;
    me.post({ files: [await picture('rocket')] });
    const answer = await responseTo(me, me.run('caption'));
    const [interaction] = [...discord.world.interactions.values()];
    if (interaction) discord.world.announce({ type: 'interaction', interaction });
    const question = await askAboutRocket(stage);
    const stored = discord.world.messages.get(question.channel_id)?.get(question.id);
    if (stored) discord.world.announce({ type: 'messageCreate', stored });
    await replyTo(me, question);
    await stage.stopBot();
    const answers = me.read().filter(({ author }) => author.id === discord.botId);
    expect(answers.map(({ id }) => id)).toEqual([answer.id, expect.any(String)]);
    expect(stage.log.lines.filter(({ level }) => level === 'error')).toEqual([]);
  });

  it('is waited for by a bot that stops', async () => {
    const thinking = deferred();
    const stage = await openStage(saying(model, () => thinking.promise.then(() => 'a rocket')));
    const question = await askAboutRocket(stage);
    await stage.discord.waitForEvent('typing');
    const stopped = stage.stopBot();
    thinking.resolve();
    await stopped;
    expect((await replyTo(stage.me, question)).content).toBe('a rocket');
  });

  it('that takes too long for a bot that stops is broken off with a word', async () => {
    const stage = await openStage({ ...unending(model), close: async () => {} }, { bot: { drainMs: 100 } });
    const question = await askAboutRocket(stage);
    await stage.discord.waitForEvent('typing');
    await stage.stopBot();
    expect((await replyTo(stage.me, question)).content).toMatch(/being restarted/);
  });

  it('arrives although Discord fails once', async () => {
    const stage = await openStage(model);
    stage.discord.fail({ method: 'POST', path: /\/messages$/, status: 502 });
    expect((await replyTo(stage.me, await askAboutRocket(stage))).content).toBe('a rocket');
  });

  it('is a message of its own when its question was deleted before the bot was told', async () => {
    const thinking = deferred();
    const stage = await openStage(saying(model, () => thinking.promise.then(() => 'a rocket')));
    const { me, discord, mention } = stage;
    me.post({ files: [await picture('rocket')] });
    const question = me.post(`${mention} What is this?`);
    await discord.waitForEvent('typing');
    discord.world.messages.get(question.channel_id)?.delete(question.id);
    thinking.resolve();
    const answer = await me.waitFor(({ author }) => author.id === discord.botId);
    expect(answer.content).toBe('a rocket');
  });
});

describe('an answer past the time that Discord gives', () => {
  it('is posted in the channel', async () => {
    const slow = saying(model, () => delay(900, 'a rocket'));
    const { me, discord } = await openStage(slow, { limits: { interactionTokenMs: 600 } });
    me.post({ files: [await picture('rocket')] });
    me.run('caption');
    const answer = await me.waitFor(({ content }) => content === 'a rocket');
    expect(answer.channel_id).toBe(discord.channelId);
    expect(answer.interaction_metadata).toBeUndefined();
  });

  it('goes to direct messages where it was asked for in private', async () => {
    const slow = saying(model, () => delay(900, 'a rocket'));
    const { me } = await openStage(slow, { limits: { interactionTokenMs: 600 } });
    me.post({ files: [await picture('rocket')] });
    me.run('caption', { private: true });
    const answer = await me.waitFor(({ content }) => content === 'a rocket');
    expect(answer.channel_id).toBe(me.directMessages());
  });
});

describe('typing', () => {
  it('shows before the answer and not after it', async () => {
    const stage = await openStage(saying(model, () => delay(200, 'a rocket')));
    const events: string[] = [];
    stage.discord.world.listen(({ type }) => void events.push(type));
    await replyTo(stage.me, await askAboutRocket(stage));
    await delay(200);
    expect(events.filter((type) => type === 'typing' || type === 'messageCreate')).toEqual([
      'messageCreate',
      'typing',
      'messageCreate',
    ]);
  });
});

describe('a failure', () => {
  const failing = () =>
    saying(model, () => {
      throw new Error('the secret cause');
    });

  it('is told with an incident id under which the log has its cause', async () => {
    const stage = await openStage(failing());
    const { content } = await replyTo(stage.me, await askAboutRocket(stage));
    const incident = /incident ([0-9a-f]{8})\.$/.exec(content)?.[1];
    expect(content).not.toContain('secret');
    const logged = stage.log.lines.find(({ level }) => level === 'error');
    expect(logged?.fields.incident).toBe(incident);
    expect(String(logged?.fields.err)).toContain('the secret cause');
  });

  it('for want of room in the queue is told in the sentence that says when to try again', async () => {
    const wait = { amount: 20, unit: 'second' } as const;
    const stage = await openStage(
      saying(model, () => {
        throw new BusyError(problem('busy', { count: 8, waiting: 64, wait }));
      }),
    );
    expect((await replyTo(stage.me, await askAboutRocket(stage))).content).toBe(
      'I am busy with 8 requests, and 64 more are waiting. Try again in about 20 seconds.',
    );
    expect(stage.log.lines.filter(({ level }) => level === 'error')).toEqual([]);
  });

  it('in a command is told in the answer that was promised', async () => {
    const { me } = await openStage(failing());
    me.post({ files: [await picture('rocket')] });
    const answer = await responseTo(me, me.run('caption'));
    expect(answer.content).toMatch(/incident [0-9a-f]{8}/);
  });

  it('leaves the conversation as it was', async () => {
    let fails = true;
    const prompts: string[] = [];
    const moody = saying(model, ({ prompt }) => {
      prompts.push(prompt);
      if (fails) throw new Error('out of memory');
      return 'a rocket';
    });
    const stage = await openStage(moody);
    const { me, mention } = stage;
    const question = await askAboutRocket(stage);
    await replyTo(me, question);
    fails = false;
    const again = me.post({ content: `${mention} What is this?`, replyTo: question.id });
    expect((await replyTo(me, again)).content).toBe('a rocket');
    expect(prompts.at(-1)).toBe('Question: What is this? Answer:');
  });

  it('for want of a permission names the permission', async () => {
    const { me, discord } = await openStage(model);
    me.post({ files: [await picture('rocket')] });
    discord.denyBot(discord.channelId, ['CreatePublicThreads']);
    const answer = await responseTo(me, me.run('chat'));
    expect(answer.content).toBe(
      'I lack Create Public Threads here. Somebody who manages this server can grant that to my role.',
    );
  });

  it('for want of the permission to answer at all is logged', async () => {
    const stage = await openStage(model);
    stage.discord.denyBot(stage.discord.channelId, ['SendMessages']);
    await askAboutRocket(stage);
    await delay(500);
    await stage.stopBot();
    const warnings = stage.log.lines.filter(({ level }) => level === 'warn').map(({ message }) => message);
    expect(warnings).toContainEqual(expect.stringMatching(/^I lack Send Messages here/));
  });

  it('to reach a thread that was deleted is told, with what to do', async () => {
    const { me, discord, log } = await openStage(model);
    me.post({ files: [await picture('rocket')] });
    const threadId = threadIn(await responseTo(me, me.run('chat')));
    deleteChannel(discord.world, threadOf(discord, threadId));
    const answer = await responseTo(me, me.run('chat'));
    expect(answer.content).toMatch(/^The thread of that picture was deleted\. Post the picture again/);
    expect(log.lines.filter(({ level }) => level === 'error')).toEqual([]);
  });

  it('to write in a thread that was locked meanwhile is no incident', async () => {
    const stage = await openStage(model);
    const { me, discord, log } = stage;
    me.post({ files: [await picture('rocket')] });
    const threadId = threadIn(await responseTo(me, me.run('chat')));
    const thread = threadOf(discord, threadId);
    const thread_metadata = {
      ...thread.thread_metadata,
      locked: true,
    } as APIThreadMetadata;
    const { world } = discord;
    const leave = world.listen(({ type }) => {
      if (type !== 'typing') return;
      leave();
      updateChannel(world, { ...thread, thread_metadata });
    });
    me.post({ channelId: threadId, content: 'What is this?' });
    await vi.waitFor(
      () => expect(log.lines.map(({ message }) => message)).toContain('A thread was closed to the bot'),
      10_000,
    );
    await stage.stopBot();
    expect(log.lines.filter(({ level }) => level === 'error')).toEqual([]);
  });

  it('to find the picture of a button that outlived it is told', async () => {
    const { me } = await openStage(model);
    const image = me.post({ files: [await picture('rocket')] });
    const answer = await responseTo(me, me.run('caption'));
    me.delete(image);
    const response = await responseTo(me, me.press(answer, buttonOf(answer)));
    expect(response.content).toMatch(/picture is gone/);
  });
});

function threadOf({ world }: Discord, id: string): APIThreadChannel {
  return world.channels.get(id) as APIThreadChannel;
}

/** A model that answers only to being stopped. */
function unending(backend: Backend): Backend {
  return saying(
    backend,
    ({ signal }) =>
      new Promise((_, reject) => signal?.addEventListener('abort', () => reject(signal.reason))),
  );
}
