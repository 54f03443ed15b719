// Which picture a question is about, and which turns go before it: new pictures, replies to old talk, late answers.

import { beforeEach, describe, expect, it } from 'vitest';
import type { Backend } from '../../models/backend.ts';
import { createPerson } from '../../src/playground/person.ts';
import { joinGuild, newUser } from '../../src/playground/state/people.ts';
import { deferred } from '../support/deferred.ts';
import { emojiForFile, type WatchedBackend, watch } from './backends.ts';
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

it('a picture that cannot be read leaves the scene and its turns as they were', async () => {
  const stage = await openStage(backend, { limits: quickly });
  const { me } = stage;
  const channelId = await chatAboutRocket(stage);
  expect(await ask(stage, channelId, 'What is this?')).toBe('a rocket');
  const broken = me.post({
    channelId,
    files: [{ name: 'bad.png', bytes: Buffer.from('no picture at all') }],
  });
  expect((await replyTo(me, broken)).content).not.toBe('');
  expect(await ask(stage, channelId, 'What color is the background?')).toBe('red');
  expect(backend.decoded.at(-1)?.prompt).toBe(
    'Question: What is this? Answer: a rocket. Question: What color is the background? Answer:',
  );
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

describe('a reply to an answer from before a new picture', () => {
  it('in a thread is about the picture of that answer', async () => {
    const stage = await openStage(backend, { limits: quickly });
    const { me } = stage;
    const channelId = await chatAboutRocket(stage);
    const answer = await replyTo(me, me.post({ channelId, content: 'What is this?' }));
    await replyTo(me, me.post({ channelId, files: [await picture('umbrella')] }));
    const content = 'What color is the background?';
    expect((await replyTo(me, me.post({ channelId, content, replyTo: answer.id }))).content).toBe('red');
  });

  it('in direct messages is about the picture of that answer', async () => {
    const stage = await openStage(backend, { limits: quickly });
    const { me } = stage;
    const channelId = me.directMessages();
    await replyTo(me, me.post({ channelId, files: [await picture('rocket')] }));
    const answer = await replyTo(me, me.post({ channelId, content: 'What is this?' }));
    await replyTo(me, me.post({ channelId, files: [await picture('umbrella')] }));
    const content = 'What color is the background?';
    expect((await replyTo(me, me.post({ channelId, content, replyTo: answer.id }))).content).toBe('red');
  });
});

it('a reply to the caption of a picture that was deleted is answered about no other', async () => {
  const { me } = await openStage(backend, { limits: quickly });
  const channelId = me.directMessages();
  const rocket = me.post({ channelId, files: [await picture('rocket')] });
  const caption = await replyTo(me, rocket);
  await replyTo(me, me.post({ channelId, files: [await picture('umbrella')] }));
  await replyTo(me, me.post({ channelId, content: 'Is there a bee?' }));
  me.delete(rocket);
  const question = me.post({ channelId, content: 'What color is the background?', replyTo: caption.id });
  expect((await replyTo(me, question)).content).toBe(
    'That image is gone. Post it again and ask about the new message.',
  );
});

it('a reply to a question that is still being answered is about the picture of that one', async () => {
  const thinking = deferred();
  const slow: Backend = {
    ...watch(model),
    async *generate(request) {
      if (request.prompt.includes('dog')) await thinking.promise;
      return yield* backend.generate(request);
    },
  };
  const stage = await openStage(slow, { limits: quickly });
  const { me, discord } = stage;
  const channelId = await chatAboutRocket(stage);
  await ask(stage, channelId, 'What is this?');
  const isThinking = discord.waitForEvent('typing');
  const question = me.post({ channelId, content: 'Is there a dog?' });
  await isThinking;
  me.post({ channelId, files: [await picture('umbrella')] });
  const further = me.post({ channelId, content: 'What color is the background?', replyTo: question.id });
  thinking.resolve();
  expect((await replyTo(me, further)).content).toBe('red');
});

it('a picture posted in the very millisecond of a question is newer than it', async () => {
  const thinking = deferred();
  const slow: Backend = {
    ...watch(model),
    async *generate(request) {
      if (request.prompt === '') await thinking.promise;
      return yield* backend.generate(request);
    },
  };
  const stage = await openStage(slow, { limits: quickly });
  const { me } = stage;
  const channelId = me.directMessages();
  const [rocket, umbrella] = [await picture('rocket'), await picture('umbrella')];
  await replyTo(me, me.post({ channelId, content: 'What is this?', files: [rocket] }));
  const question = me.post({ channelId, content: 'What color is the background?' });
  const shown = me.post({ channelId, files: [umbrella] });
  expect((await replyTo(me, question)).content).toBe('red');
  expect(await ask(stage, channelId, 'What color is the background?')).toBe('purple');
  thinking.resolve();
  await replyTo(me, shown);
});

it('a caption that is late does not undo what was asked about a newer picture', async () => {
  const thinking = deferred();
  const slow: Backend = {
    ...watch(model),
    async *generate(request) {
      if (request.prompt === '') await thinking.promise;
      return yield* backend.generate(request);
    },
  };
  const stage = await openStage(slow, { limits: quickly });
  const { me } = stage;
  const channelId = me.directMessages();
  const shown = me.post({ channelId, files: [await picture('rocket')] });
  const both = me.post({ channelId, content: 'What is this?', files: [await picture('umbrella')] });
  await replyTo(me, both);
  thinking.resolve();
  await replyTo(me, shown);
  expect(await ask(stage, channelId, 'Is there a bee?')).toBe('yes');
  expect(backend.decoded.at(-1)?.prompt).toBe(
    'Question: What is this? Answer: an umbrella and a bee. Question: Is there a bee? Answer:',
  );
});

describe('a picture that can not be read', () => {
  const aboutRocket =
    'Question: What is this? Answer: a rocket. Question: What color is the background? Answer:';
  const broken = { name: 'bad.png', bytes: Buffer.from('no picture at all') };

  it('because it is too large leaves the scene as it was, and the refusal says so', async () => {
    const rocket = await picture('rocket');
    const large = { name: 'large.png', bytes: Buffer.alloc(rocket.bytes.byteLength + 1) };
    const stage = await openStage(backend, {
      limits: quickly,
      bot: { maxImageBytes: rocket.bytes.byteLength },
    });
    const channelId = await chatAboutRocket(stage);
    await ask(stage, channelId, 'What is this?');
    const refused = await replyTo(stage.me, stage.me.post({ channelId, files: [large] }));
    expect(refused.content).toMatch(
      /Post a smaller copy\. Until then we go on with the picture before it\.$/,
    );
    await ask(stage, channelId, 'What color is the background?');
    expect(backend.decoded.at(-1)?.prompt).toBe(aboutRocket);
  });

  it('handed over to /chat in a thread leaves the scene as it was', async () => {
    const stage = await openStage(backend, { limits: quickly });
    const { me } = stage;
    const channelId = await chatAboutRocket(stage);
    await ask(stage, channelId, 'What is this?');
    await responseTo(me, me.run('chat', { image: broken }, channelId));
    await ask(stage, channelId, 'What color is the background?');
    expect(backend.decoded.at(-1)?.prompt).toBe(aboutRocket);
  });

  it.each(['caption', 'chat'])('is passed over by the next /%s', async (command) => {
    const { me } = await openStage(backend);
    me.post({ files: [await picture('rocket')] });
    me.post({ files: [broken] });
    await responseTo(me, me.run(command));
    const { content } = await responseTo(me, me.run('caption'));
    expect(content).toBe('a rocket on a red background');
  });

  it('and is the first one promises no other', async () => {
    const { me } = await openStage(backend);
    const refused = await replyTo(me, me.post({ channelId: me.directMessages(), files: [broken] }));
    expect(refused.content).not.toMatch(/Until then/);
  });
});

describe('a reply to old talk', () => {
  it('is about the picture of that time, though the bot was restarted and much was said since', async () => {
    const stage = await openStage(backend, { limits: quickly });
    const { me, discord } = stage;
    const { world } = discord;
    const channelId = await chatAboutRocket(stage);
    await replyTo(me, me.post({ channelId, files: [await picture('umbrella')] }));
    const answer = await replyTo(me, me.post({ channelId, content: 'What is this?' }));
    await stage.stopBot();
    // Not by people, whom the bot would answer when it is back.
    const feed = newUser(world.newId(), 'feed', 'Feed', true);
    joinGuild(world, feed);
    const news = createPerson(world, feed);
    for (let i = 0; i < 120; i += 1) news.post({ channelId, content: `And then? (${i})` });
    me.post({ channelId, files: [await picture('strawberry')] });
    await stage.restartBot();
    await ask(stage, channelId, 'What is this?');
    const content = 'What color is the background?';
    expect((await replyTo(me, me.post({ channelId, content, replyTo: answer.id }))).content).toBe('purple');
  });

  it('goes on with the turns of that time, and leaves the newest picture and its turns to everybody', async () => {
    const stage = await openStage(backend, { limits: quickly });
    const { me, discord } = stage;
    const bob = discord.addPerson('Bob');
    const channelId = await chatAboutRocket(stage);
    const rocket = await replyTo(me, me.post({ channelId, content: 'What is this?' }));
    await replyTo(me, me.post({ channelId, files: [await picture('umbrella')] }));
    const umbrella = await replyTo(me, me.post({ channelId, content: 'What is this?' }));
    const content = 'What color is the background?';
    const back = await replyTo(bob, bob.post({ channelId, content, replyTo: rocket.id }));
    expect(back.content).toBe('red');
    expect(backend.decoded.at(-1)?.prompt).toBe(
      `Question: What is this? Answer: a rocket. Question: ${content} Answer:`,
    );
    expect(await ask(stage, channelId, content)).toBe('purple');
    expect(backend.decoded.at(-1)?.prompt).toBe(
      `Question: What is this? Answer: an umbrella and a bee. Question: ${content} Answer:`,
    );
    expect((await replyTo(me, me.post({ channelId, content, replyTo: umbrella.id }))).content).toBe('purple');
  });

  it('lets two people go on about two pictures at once, each with the turns about theirs', async () => {
    const stage = await openStage(backend, { limits: quickly });
    const { me, discord } = stage;
    const bob = discord.addPerson('Bob');
    const channelId = await chatAboutRocket(stage);
    let mine = await replyTo(me, me.post({ channelId, content: 'What is this?' }));
    let his = await replyTo(bob, bob.post({ channelId, files: [await picture('umbrella')] }));
    for (const content of ['What color is the background?', 'Is there a car?']) {
      mine = await replyTo(me, me.post({ channelId, content, replyTo: mine.id }));
      his = await replyTo(bob, bob.post({ channelId, content, replyTo: his.id }));
    }
    expect(backend.decoded.slice(-2).map(({ prompt }) => prompt)).toEqual([
      'Question: What is this? Answer: a rocket. Question: What color is the background? Answer: red. Question: Is there a car? Answer:',
      'Question: What color is the background? Answer: purple. Question: Is there a car? Answer:',
    ]);
  });

  it('is not about another picture where that of its time was deleted while the bot was away', async () => {
    const stage = await openStage(backend, { limits: quickly });
    const { me } = stage;
    const channelId = me.directMessages();
    const rocket = me.post({ channelId, files: [await picture('rocket')] });
    await replyTo(me, rocket);
    const answer = await replyTo(me, me.post({ channelId, content: 'What is this?' }));
    await replyTo(me, me.post({ channelId, files: [await picture('umbrella')] }));
    await stage.stopBot();
    me.delete(rocket);
    await stage.restartBot();
    const content = 'What color is the background?';
    expect((await replyTo(me, me.post({ channelId, content, replyTo: answer.id }))).content).toMatch(
      /image is gone\. Post it again/,
    );
  });

  it('keeps no new picture from being the newest, also while that is still being captioned', async () => {
    const thinking = deferred();
    const slow: Backend = {
      ...watch(model),
      async *generate(request) {
        if (request.prompt === '') await thinking.promise;
        return yield* backend.generate(request);
      },
    };
    const stage = await openStage(slow, { limits: quickly });
    const { me } = stage;
    const channelId = me.directMessages();
    const content = 'What color is the background?';
    const rocket = me.post({ channelId, content, files: [await picture('rocket')] });
    const answer = await replyTo(me, rocket);
    const shown = me.post({ channelId, files: [await picture('umbrella')] });
    expect((await replyTo(me, me.post({ channelId, content, replyTo: answer.id }))).content).toBe('red');
    expect(await ask(stage, channelId, content)).toBe('purple');
    thinking.resolve();
    await replyTo(me, shown);
  });
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
