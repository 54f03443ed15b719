// Which picture a question is about, and which turns go before it: new pictures, and answers that come late.
import { beforeEach, describe, expect, it } from 'vitest';
import type { Backend } from '../../models/backend.ts';
import { emojiForFile, held, type WatchedBackend, watch } from './backends.ts';
import { featureDistance, tolerance } from './reference.ts';
import { ask, chatAboutRocket, openStage, picture, quickly, replyTo, responseTo } from './stage.ts';

const model = await emojiForFile();
let backend: WatchedBackend;
beforeEach(() => {
  backend = watch(model);
});

describe('a new picture in a thread', () => {
  it('is captioned, and nothing said about the one before reaches the model', async () => {
    const stage = await openStage(backend);
    const threadId = await chatAboutRocket(stage);
    await ask(stage, threadId, 'What is this?');
    const post = stage.me.post({ channelId: threadId, files: [await picture('umbrella')] });
    expect((await replyTo(stage.me, post)).content).toBe('an umbrella and a bee on a purple background');
    expect(await ask(stage, threadId, 'What color is the background?')).toBe('purple');
    expect(backend.decoded.at(-1)?.prompt).toBe('Question: What color is the background? Answer:');
    expect(await featureDistance(backend.decoded.at(-1)?.features, 'scene5.png')).toBeLessThan(tolerance);
  });

  it('with a question in the same message is what the question is about', async () => {
    const stage = await openStage(backend);
    const threadId = await chatAboutRocket(stage);
    await ask(stage, threadId, 'What is this?');
    const post = { channelId: threadId, content: 'What is this?', files: [await picture('umbrella')] };
    expect((await replyTo(stage.me, stage.me.post(post))).content).toBe('an umbrella and a bee');
    expect(await ask(stage, threadId, 'Is there a bee?')).toBe('yes');
    expect(backend.decoded.at(-1)?.prompt).toBe(
      'Question: What is this? Answer: an umbrella and a bee. Question: Is there a bee? Answer:',
    );
  });

  it('is what the next question is about, also when it was posted while the bot was away', async () => {
    const stage = await openStage(backend);
    const threadId = await chatAboutRocket(stage);
    await ask(stage, threadId, 'What is this?');
    await stage.stopBot();
    stage.me.post({ channelId: threadId, files: [await picture('umbrella')] });
    await stage.restartBot();
    expect(await ask(stage, threadId, 'What color is the background?')).toBe('purple');
    expect(backend.decoded.at(-1)?.prompt).toBe('Question: What color is the background? Answer:');
  });

  it('changes nothing for those who ask in the channel about the one before', async () => {
    const stage = await openStage(backend);
    const { me, mention } = stage;
    const threadId = await chatAboutRocket(stage);
    const post = { channelId: threadId, content: 'What is this?', files: [await picture('umbrella')] };
    await replyTo(me, me.post(post));
    const question = me.post({ content: `${mention} What is this?`, replyTo: threadId });
    expect((await replyTo(me, question)).content).toBe('a rocket');
    expect(await ask(stage, threadId, 'Is there a bee?')).toBe('yes');
    expect(backend.decoded.at(-1)?.prompt).toMatch(
      /^Question: What is this\? Answer: an umbrella and a bee\./,
    );
  });
});

it('a question asked behind a new picture is about it, also while the one before is still being answered', async () => {
  const slow: Backend = {
    ...watch(model),
    async *generate(request) {
      await new Promise((resolve) => setTimeout(resolve, 400));
      return yield* model.generate(request);
    },
  };
  const stage = await openStage(slow, { limits: quickly });
  const { me } = stage;
  const channelId = await chatAboutRocket(stage);
  const first = me.post({ channelId, content: 'What color is the background?' });
  const second = me.post({ channelId, content: 'What is this?' });
  me.post({ channelId, files: [await picture('umbrella')] });
  expect((await replyTo(me, first)).content).toBe('red');
  const third = me.post({ channelId, content: 'What color is the background?' });
  expect((await replyTo(me, second)).content).toBe('a rocket');
  expect((await replyTo(me, third)).content).toBe('purple');
});

it('a question asked before a new picture is about the one before, also when it is understood only later', async () => {
  const stage = await openStage(backend, { limits: quickly });
  const { me, discord } = stage;
  const channelId = await chatAboutRocket(stage);
  expect(await ask(stage, channelId, 'What is this?')).toBe('a rocket');
  await stage.restartBot();
  // The thread has to be read back, which takes longer than the picture takes to come.
  discord.fail({ method: 'GET', path: /messages$/, status: 429, retryAfterMs: 300 });
  const question = me.post({ channelId, content: 'What color is the background?' });
  me.post({ channelId, files: [await picture('umbrella')] });
  expect((await replyTo(me, question)).content).toBe('red');
});

it('a picture posted in the very millisecond of a question is newer than it', async () => {
  const slow = held(backend, ({ prompt }) => prompt === '');
  const stage = await openStage(slow, { limits: quickly });
  const { me } = stage;
  const channelId = me.directMessages();
  const [rocket, umbrella] = [await picture('rocket'), await picture('umbrella')];
  await replyTo(me, me.post({ channelId, content: 'What is this?', files: [rocket] }));
  const question = me.post({ channelId, content: 'What color is the background?' });
  const shown = me.post({ channelId, files: [umbrella] });
  expect((await replyTo(me, question)).content).toBe('red');
  expect(await ask(stage, channelId, 'What color is the background?')).toBe('purple');
  slow.letGo();
  await replyTo(me, shown);
});

it('a caption that is late does not undo what was asked about a newer picture', async () => {
  const slow = held(backend, ({ prompt }) => prompt === '');
  const stage = await openStage(slow, { limits: quickly });
  const { me } = stage;
  const channelId = me.directMessages();
  const shown = me.post({ channelId, files: [await picture('rocket')] });
  const both = me.post({ channelId, content: 'What is this?', files: [await picture('umbrella')] });
  await replyTo(me, both);
  slow.letGo();
  await replyTo(me, shown);
  expect(await ask(stage, channelId, 'Is there a bee?')).toBe('yes');
  expect(backend.decoded.at(-1)?.prompt).toBe(
    'Question: What is this? Answer: an umbrella and a bee. Question: Is there a bee? Answer:',
  );
});

it('an old picture whose message is edited does not become the newest', async () => {
  const stage = await openStage(backend);
  const { me } = stage;
  const old = me.post({ content: 'look', files: [await picture('umbrella')] });
  me.post({ files: [await picture('rocket')] });
  await stage.restartBot();
  me.edit(old, 'look at that');
  await ask(stage, me.directMessages(), 'Hello?');
  const { content } = await responseTo(me, me.run('caption'));
  expect(content).toBe('a rocket on a red background');
});
