// What people deleted and edited while the bot was away: once it is back, it is as if it had been there.
import { setTimeout as delay } from 'node:timers/promises';
import type { APIMessage, APITextChannel } from 'discord.js';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { ConversationRecord } from '../../conversation/conversations.ts';
import { scenesOf } from '../../conversation/scenes.ts';
import { openStore } from '../../conversation/store.ts';
import { deleteChannel } from '../../src/playground/state/channels.ts';
import { editMessage } from '../../src/playground/state/messages.ts';
import { startThreadOn } from '../../src/playground/state/threads.ts';
import type { AnyChannel, StoredMessage } from '../../src/playground/state/world.ts';
import { emojiForFile, type WatchedBackend, watch } from './backends.ts';
import { buttonOf, openStage, picture, quickly, replyTo, responseTo, type Stage, threadIn } from './stage.ts';
import { allTurns, askThree, talk, turnsIn } from './talk.ts';

const model = await emojiForFile();
let backend: WatchedBackend;
beforeEach(() => {
  backend = watch(model);
});
afterEach(() => {
  vi.useRealTimers();
});

/** What is in the store, by conversation, while the bot goes on. */
async function kept({ memory }: Stage): Promise<Record<string, string[]>> {
  const store = openStore(`sqlite://${memory}`);
  const turns: Record<string, string[]> = {};
  const records = store.namespace<ConversationRecord>('conversations');
  for await (const [id, record] of records.iterator?.(undefined) ?? []) {
    const scenes = scenesOf(record as ConversationRecord);
    turns[String(id)] = scenes.flatMap((scene) =>
      scene.turns.map(({ question, answer }) => `${question} → ${answer}`),
    );
  }
  await store.close();
  return turns;
}

/** Of how many pictures it is kept what was seen in them, and where they hang. */
async function seen({ memory }: Stage): Promise<Record<string, number>> {
  const store = openStore(`sqlite://${memory}`);
  const counts: Record<string, number> = {};
  for (const name of ['features', 'picture-notes']) {
    counts[name] = 0;
    for await (const _ of store.namespace(name).iterator?.(undefined) ?? []) counts[name] += 1;
  }
  await store.close();
  return counts;
}

const keptBecomes = (stage: Stage, turns: Record<string, string[]>) =>
  expect.poll(() => kept(stage), { timeout: 10_000 }).toEqual(turns);

function channel({ discord }: Stage, id: string): AnyChannel {
  return discord.world.channels.get(id) as AnyChannel;
}

function troubles({ log }: Stage): string[] {
  return log.lines.filter(({ level }) => level === 'warn' || level === 'error').map(({ message }) => message);
}

describe('what was deleted while the bot was away is forgotten once it is back', () => {
  it('a question and an answer with their turns, before anybody uses the talk again', async () => {
    const stage = await openStage(backend, { limits: quickly });
    const { me } = stage;
    const { threadId, questions, answers } = await talk(stage);
    await stage.stopBot();
    me.delete(questions[0]);
    me.delete(answers[2]);
    await stage.restartBot();
    await keptBecomes(stage, { [`thread:${threadId}`]: ['Is there a bee? → no'] });
    expect(troubles(stage)).toEqual([]);
  });

  it('at the latest when the talk goes on, though the background has not come to it', async () => {
    const stage = await openStage(backend, { limits: quickly, bot: { lookPauseMs: 60_000 } });
    const { me } = stage;
    const { threadId, questions } = await talk(stage);
    const channelId = me.directMessages();
    await replyTo(me, me.post({ channelId, files: [await picture('umbrella')] }));
    await askThree(stage, channelId);
    await stage.stopBot();
    me.delete(questions[0]);
    await stage.restartBot();
    // Of these the background had looked at the newer one, and waits.
    expect((await kept(stage))[`thread:${threadId}`]).toEqual(allTurns);
    await replyTo(me, me.post({ channelId: threadId, content: 'What color is the background?' }));
    expect(backend.decoded.at(-1)?.prompt).toBe(
      'Question: Is there a bee? Answer: no. Question: Is there a car? Answer: no. Question: What color is the background? Answer:',
    );
    expect(await turnsIn(stage, threadId)).not.toContain(allTurns[0]);
  });

  it('a picture that was taken off its message, and the others on it stay', async () => {
    const stage = await openStage(backend, { limits: quickly });
    const { me, discord, mention } = stage;
    const posted = me.post({
      content: `${mention} Is there a rocket?`,
      files: [await picture('rocket'), await picture('umbrella')],
    });
    await replyTo(me, posted);
    await replyTo(me, me.post(`${mention} Is there a bee in picture 2?`));
    await stage.stopBot();
    const stored = discord.world.messages.get(discord.channelId)?.get(posted.id) as StoredMessage;
    editMessage(discord.world, stored, { keepAttachments: [String(posted.attachments[1]?.id)] });
    await stage.restartBot();
    await expect
      .poll(async () => (await kept(stage))[`channel:${posted.id}`], { timeout: 10_000 })
      .toEqual(['Is there a bee in the picture? → yes']);
    expect(troubles(stage)).toEqual([]);
  });

  it.each([
    ['was deleted', ({ me }: Stage, posted: APIMessage) => me.delete(posted)],
    [
      'was taken off its message',
      ({ discord }: Stage, { id, channel_id: channelId, attachments }: APIMessage) => {
        const stored = discord.world.messages.get(channelId)?.get(id) as StoredMessage;
        editMessage(discord.world, stored, { keepAttachments: [String(attachments[1]?.id)] });
      },
    ],
    [
      'went with its channel',
      (stage: Stage, { channel_id: channelId }: APIMessage) =>
        deleteChannel(stage.discord.world, channel(stage, channelId)),
    ],
  ])('what was seen in a picture that was only captioned and %s', async (_, lose) => {
    const stage = await openStage(backend, { limits: quickly });
    const { me, discord } = stage;
    const channelId = discord.addChannel('other');
    const posted = me.post({ channelId, files: [await picture('rocket'), await picture('strawberry')] });
    await responseTo(me, me.run('caption', {}, channelId));
    me.post({ files: [await picture('umbrella')] });
    await responseTo(me, me.run('caption'));
    await stage.stopBot();
    expect(await seen(stage)).toEqual({ features: 2, 'picture-notes': 2 });
    lose(stage, posted);
    await stage.restartBot();
    await expect.poll(() => seen(stage), { timeout: 10_000 }).toEqual({ features: 1, 'picture-notes': 1 });
    expect(troubles(stage)).toEqual([]);
  });

  it('a link’s picture where another link was put in its place', async () => {
    const stage = await openStage(backend, { limits: quickly });
    const { me, discord, mention } = stage;
    const [rocket, umbrella] = ['https://example.org/rocket.png', 'https://example.org/umbrella.png'];
    discord.addWebPicture(rocket, (await picture('rocket')).bytes);
    discord.addWebPicture(umbrella, (await picture('umbrella')).bytes);
    const posted = me.post(rocket);
    await me.waitFor(({ id, embeds }) => id === posted.id && embeds.length > 0);
    await replyTo(me, me.post({ content: `${mention} What is this?`, replyTo: posted.id }));
    await stage.stopBot();
    me.edit(posted, umbrella);
    await me.waitFor(({ id, embeds }) => id === posted.id && embeds[0]?.url === umbrella);
    await stage.restartBot();
    await keptBecomes(stage, {});
  });

  it('a picture with all that was said about it, in the channel and in its thread', async () => {
    const stage = await openStage(backend, { limits: quickly });
    const { me, mention } = stage;
    const image = me.post({ files: [await picture('rocket')] });
    const answer = await replyTo(me, me.post(`${mention} What is this?`));
    const threadId = threadIn(await responseTo(me, me.press(answer, buttonOf(answer))));
    await replyTo(me, me.post({ channelId: threadId, content: 'Is there a car?' }));
    await stage.stopBot();
    expect(Object.keys(await kept(stage))).toHaveLength(2);
    me.delete(image);
    await stage.restartBot();
    await keptBecomes(stage, {});
  });

  it('in direct messages, and after a session that could not be resumed', async () => {
    const stage = await openStage(backend, { limits: quickly });
    const { me, discord } = stage;
    const channelId = me.directMessages();
    await replyTo(me, me.post({ channelId, files: [await picture('rocket')] }));
    const { questions } = await askThree(stage, channelId);
    discord.gateway.forgetSessions();
    discord.gateway.cut();
    me.delete(questions[1]);
    await keptBecomes(stage, { [`dm:${channelId}`]: [allTurns[0], allTurns[2]] });
  });

  it('a thread and a channel with all that was said in them, and nothing else', async () => {
    const stage = await openStage(backend, { limits: quickly });
    const { me, discord, mention } = stage;
    const { threadId } = await talk(stage);
    const other = discord.addChannel('other');
    const files = [await picture('umbrella')];
    await replyTo(me, me.post({ channelId: other, content: `${mention} Is there a bee?`, files }));
    const stays = me.post({ content: `${mention} Is there a bee?`, files });
    await replyTo(me, stays);
    await stage.stopBot();
    deleteChannel(discord.world, channel(stage, threadId));
    deleteChannel(discord.world, channel(stage, other));
    await stage.restartBot();
    await keptBecomes(stage, { [`channel:${stays.id}`]: ['Is there a bee? → yes'] });
  });

  it('what was said in a thread of people about the picture that it hangs on, and the rest stays', async () => {
    const stage = await openStage(backend, { limits: quickly });
    const { me, mention, discord } = stage;
    const image = me.post({ files: [await picture('rocket')] });
    const { id: channelId } = startThreadOn(
      discord.world,
      channel(stage, discord.channelId) as APITextChannel,
      discord.world.messages.get(image.channel_id)?.get(image.id) as StoredMessage,
      me.user.id,
      { name: 'ours' },
    );
    const questions = ['What is this?', 'Is there a bee?'].map((content) =>
      me.post({ channelId, content: `${mention} ${content}` }),
    );
    for (const question of questions) await replyTo(me, question);
    await stage.stopBot();
    me.delete(questions[0] as APIMessage);
    await stage.restartBot();
    await keptBecomes(stage, { [`channel:${image.id}`]: ['Is there a bee? → no'] });
  });

  it.each([
    [
      'may not read the history',
      (stage: Stage) => stage.discord.denyBot(stage.discord.channelId, ['ReadMessageHistory']),
    ],
    [
      'does not see the channel',
      (stage: Stage) => stage.discord.denyBot(stage.discord.channelId, ['ViewChannel']),
    ],
    [
      'finds Discord failing',
      (stage: Stage) => stage.discord.fail({ method: 'GET', path: /\/messages/, status: 500, times: 1_000 }),
    ],
  ])('and nothing is where it %s', async (_, hinder) => {
    const stage = await openStage(backend, { limits: quickly, bot: { drainMs: 100 } });
    const { threadId } = await talk(stage);
    await stage.stopBot();
    hinder(stage);
    await stage.restartBot();
    await delay(1_000);
    await stage.stopBot();
    expect(await kept(stage)).toEqual({ [`thread:${threadId}`]: allTurns });
  });
});

describe('a question that was edited while the bot was away', () => {
  it('is answered anew in its place where that was of late', async () => {
    const stage = await openStage(backend, { limits: quickly });
    const { me } = stage;
    const { threadId, questions, answers } = await talk(stage);
    await stage.stopBot();
    me.edit(questions[1], 'What color is the background?');
    await stage.restartBot();
    await me.waitFor(({ id, content }) => id === answers[1].id && content === 'red', 15_000);
    await keptBecomes(stage, {
      [`thread:${threadId}`]: [allTurns[0], 'What color is the background? → red', allTurns[2]],
    });
  });

  it('is forgotten with its answer where nobody waits for another any more', async () => {
    const stage = await openStage(backend, { limits: quickly });
    const { me } = stage;
    const { threadId, questions, answers } = await talk(stage);
    await stage.stopBot();
    me.edit(questions[1], 'What color is the background?');
    vi.useFakeTimers({ toFake: ['Date'], now: Date.now() + 16 * 60_000 });
    await stage.restartBot();
    await keptBecomes(stage, { [`thread:${threadId}`]: [allTurns[0], allTurns[2]] });
    expect(me.read(threadId).find(({ id }) => id === answers[1].id)?.content).toBe('no');
  });
});
