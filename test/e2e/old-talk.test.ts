// Which picture a reply is about that goes back to old talk, and which turns go before it.
import { beforeEach, describe, expect, it } from 'vitest';
import { createPerson } from '../../src/playground/person.ts';
import { joinGuild, newUser } from '../../src/playground/state/people.ts';
import { emojiForFile, held, type WatchedBackend, watch } from './backends.ts';
import { ask, chatAboutRocket, openStage, picture, quickly, replyTo } from './stage.ts';

const model = await emojiForFile();
let backend: WatchedBackend;
beforeEach(() => {
  backend = watch(model);
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

it('a reply to the sentence that there is no picture is about the one that was posted since', async () => {
  const { me, mention } = await openStage(backend, { limits: quickly });
  const sentence = await replyTo(me, me.post(`${mention} What is this?`));
  expect(sentence.content).toMatch(/^I found no picture here/);
  me.post({ files: [await picture('rocket')] });
  const reply = me.post({ content: 'What is this?', replyTo: sentence.id });
  expect((await replyTo(me, reply)).content).toBe('a rocket');
});

it('a reply to a question that is still being answered is about the picture of that one', async () => {
  const slow = held(backend, ({ prompt }) => prompt.includes('dog'));
  const stage = await openStage(slow, { limits: quickly });
  const { me, discord } = stage;
  const channelId = await chatAboutRocket(stage);
  await ask(stage, channelId, 'What is this?');
  const isThinking = discord.waitForEvent('typing');
  const question = me.post({ channelId, content: 'Is there a dog?' });
  await isThinking;
  me.post({ channelId, files: [await picture('umbrella')] });
  const further = me.post({ channelId, content: 'What color is the background?', replyTo: question.id });
  slow.letGo();
  expect((await replyTo(me, further)).content).toBe('red');
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
    const slow = held(backend, ({ prompt }) => prompt === '');
    const stage = await openStage(slow, { limits: quickly });
    const { me } = stage;
    const channelId = me.directMessages();
    const content = 'What color is the background?';
    const rocket = me.post({ channelId, content, files: [await picture('rocket')] });
    const answer = await replyTo(me, rocket);
    const shown = me.post({ channelId, files: [await picture('umbrella')] });
    expect((await replyTo(me, me.post({ channelId, content, replyTo: answer.id }))).content).toBe('red');
    expect(await ask(stage, channelId, content)).toBe('purple');
    slow.letGo();
    await replyTo(me, shown);
  });
});
