// What the bot hears after it was away, and what it leaves alone.
import type { APIMessage, APITextChannel } from 'discord.js';
import Database from 'libsql';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { deleteMessage } from '../../src/playground/state/messages.ts';
import type { StoredMessage } from '../../src/playground/state/world.ts';
import { deferred } from '../support/deferred.ts';
import { emojiForFile, saying, type WatchedBackend, watch } from './backends.ts';
import { chatAboutRocket, openStage, picture, quickly, replyTo, responseTo, type Stage } from './stage.ts';

const model = await emojiForFile();
let backend: WatchedBackend;
beforeEach(() => {
  backend = watch(model);
});
afterEach(() => {
  vi.useRealTimers();
});

const whatIsThis = 'What is this?';
const whatColor = 'What color is the background?';

/** The bot's replies to a message. */
function repliesTo({ me, discord }: Stage, { id, channel_id }: APIMessage): string[] {
  return me
    .read(channel_id)
    .filter(({ author, message_reference: to }) => author.id === discord.botId && to?.message_id === id)
    .map(({ content }) => content);
}

/** A question that is asked last is answered last, so that nothing else is to be expected after it. */
async function untilAllIsAnswered({ me, mention }: Stage): Promise<void> {
  const files = [await picture('strawberry')];
  await replyTo(me, me.post({ content: `${mention} ${whatIsThis}`, files }));
}

describe('after it was away, the bot', () => {
  it('answers what was asked in its threads, in direct messages and by mention, each in its order', async () => {
    const stage = await openStage(backend, { limits: quickly });
    const { me, mention } = stage;
    const thread = await chatAboutRocket(stage);
    const direct = me.directMessages();
    await replyTo(me, me.post({ channelId: direct, files: [await picture('umbrella')] }));
    await stage.stopBot();
    const inThread = [whatIsThis, whatColor].map((content) => me.post({ channelId: thread, content }));
    const inDirect = me.post({ channelId: direct, content: whatColor });
    const inChannel = me.post({ content: `${mention} ${whatIsThis}`, files: [await picture('rocket')] });
    const toOthers = me.post('What do you think of it?');
    await stage.restartBot();
    const answers = await Promise.all(
      [...inThread, inDirect, inChannel].map((question) => replyTo(me, question)),
    );
    expect(answers.map(({ content }) => content)).toEqual(['a rocket', 'red', 'purple', 'a rocket']);
    const prompts = backend.decoded.map(({ prompt }) => prompt);
    expect(prompts).toContain(`Question: ${whatIsThis} Answer: a rocket. Question: ${whatColor} Answer:`);
    await untilAllIsAnswered(stage);
    expect(repliesTo(stage, toOthers)).toEqual([]);
  });

  it('answers what was asked before its session was lost, and what is asked now after that', async () => {
    const stage = await openStage(backend);
    const { me, discord } = stage;
    const channelId = await chatAboutRocket(stage);
    discord.gateway.forgetSessions();
    discord.gateway.cut();
    const missed = me.post({ channelId, content: whatIsThis });
    await discord.waitForEvent('bot', ({ online }) => online, 15_000);
    const heard = me.post({ channelId, content: whatColor });
    expect((await replyTo(me, missed)).content).toBe('a rocket');
    expect((await replyTo(me, heard)).content).toBe('red');
    expect(backend.decoded.at(-1)?.prompt).toMatch(/Answer: a rocket\. .*background\? Answer:$/);
  });

  it('answers once what it was still answering when its session was lost', async () => {
    const thinking = deferred();
    const say = vi.fn(() => 'a rocket' as string | Promise<string>);
    say.mockImplementationOnce(() => thinking.promise.then(() => 'a rocket'));
    const stage = await openStage(saying(model, say));
    const { me, mention, discord } = stage;
    const files = [await picture('rocket')];
    const question = me.post({ content: `${mention} ${whatIsThis}`, files });
    await discord.waitForEvent('typing');
    discord.gateway.forgetSessions();
    discord.gateway.cut();
    await discord.waitForEvent('bot', ({ online }) => online, 15_000);
    await untilAllIsAnswered(stage);
    thinking.resolve();
    await replyTo(me, question);
    await stage.stopBot();
    expect(repliesTo(stage, question)).toEqual(['a rocket']);
  });

  it('answers what it could tell nobody anything about before', async () => {
    const stage = await openStage(backend);
    const { me, discord, log } = stage;
    const channelId = await chatAboutRocket(stage);
    // The answer, and the sentence about its failure.
    discord.fail({ method: 'POST', path: /\/messages$/, status: 403, times: 2 });
    const question = me.post({ channelId, content: whatIsThis });
    await expect
      .poll(() => log.lines.map(({ message }) => message), { timeout: 10_000 })
      .toContain('Could not tell a person what went wrong');
    await stage.stopBot();
    await stage.restartBot();
    expect((await replyTo(me, question)).content).toBe('a rocket');
  });

  it.each([
    { minutes: 14, replies: ['a rocket'] },
    { minutes: 16, replies: [] },
  ])('answers what is a quarter of an hour old at most: $minutes minutes', async ({ minutes, replies }) => {
    const stage = await openStage(backend);
    const channelId = await chatAboutRocket(stage);
    await stage.stopBot();
    const question = stage.me.post({ channelId, content: whatIsThis });
    vi.useFakeTimers({ toFake: ['Date'], now: Date.now() + minutes * 60_000 });
    await stage.restartBot();
    if (replies.length > 0) await replyTo(stage.me, question);
    await untilAllIsAnswered(stage);
    expect(repliesTo(stage, question)).toEqual(replies);
  });

  it('answers also what much else was written after', async () => {
    const stage = await openStage(backend, { limits: quickly });
    const { me, mention } = stage;
    await stage.stopBot();
    const question = me.post({ content: `${mention} ${whatIsThis}`, files: [await picture('rocket')] });
    for (let count = 0; count < 210; count++) me.post('Much else was written.');
    await stage.restartBot();
    expect((await replyTo(me, question)).content).toBe('a rocket');
  });

  it('answers what only a command of its menu had said something about', async () => {
    const stage = await openStage(backend, { limits: quickly });
    const { me, mention } = stage;
    const message = me.post({ content: whatIsThis, files: [await picture('rocket')] });
    await responseTo(me, me.runOn(message, 'Caption image'));
    await stage.stopBot();
    me.edit(message, `${mention} ${whatIsThis}`);
    await stage.restartBot();
    const isAnswer = ({ content, message_reference: to }: APIMessage) =>
      content === 'a rocket' && to?.message_id === message.id;
    await me.waitFor(isAnswer, 15_000);
  });

  it('answers nothing again, though its answer was deleted', async () => {
    const stage = await openStage(backend);
    const { me, discord } = stage;
    const channelId = await chatAboutRocket(stage);
    const question = me.post({ channelId, content: whatIsThis });
    const answer = await replyTo(me, question);
    await stage.stopBot();
    deleteMessage(discord.world, discord.world.messages.get(channelId)?.get(answer.id) as StoredMessage);
    await stage.restartBot();
    await untilAllIsAnswered(stage);
    expect(repliesTo(stage, question)).toEqual([]);
  });

  it('answers nothing again, though it was killed before it could note that', async () => {
    const stage = await openStage(backend);
    const { me } = stage;
    const channelId = await chatAboutRocket(stage);
    const question = me.post({ channelId, content: whatIsThis });
    await replyTo(me, question);
    await stage.stopBot();
    const database = new Database(stage.memory);
    const { changes } = database.prepare("DELETE FROM records WHERE key LIKE 'answered-messages:%'").run();
    database.close();
    expect(changes).toBe(1);
    await stage.restartBot();
    await untilAllIsAnswered(stage);
    expect(repliesTo(stage, question)).toEqual(['a rocket']);
  });

  it('reads no channel in which nobody wrote of late, or that it may not read', async () => {
    const stage = await openStage(backend);
    const { me, mention, discord, log } = stage;
    await stage.stopBot();
    const hidden = discord.addChannel('hidden');
    discord.denyBot(hidden, ['ReadMessageHistory']);
    me.post({ channelId: hidden, content: `${mention} ${whatIsThis}` });
    const quiet = discord.world.channels.get(discord.addChannel('quiet')) as APITextChannel;
    const path = new RegExp(`^/channels/(${hidden}|${quiet.id})/messages`);
    discord.fail({ method: 'GET', path, status: 403, times: 100 });
    await stage.restartBot();
    await untilAllIsAnswered(stage);
    await stage.stopBot();
    expect(log.lines.filter(({ level }) => level === 'warn' || level === 'error')).toEqual([]);
  });

  it('goes on where Discord does not let it read back', async () => {
    const stage = await openStage(backend);
    const channelId = await chatAboutRocket(stage);
    stage.me.post({ channelId, content: whatIsThis });
    await stage.stopBot();
    stage.discord.fail({ method: 'GET', path: /\/messages$/, status: 403, times: 100 });
    await stage.restartBot();
    await expect
      .poll(() => stage.log.lines.map(({ level, message }) => `${level}: ${message}`), { timeout: 10_000 })
      .toContain('warn: Could not read what was written while I was away');
    await untilAllIsAnswered(stage);
  });
});
