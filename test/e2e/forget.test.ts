// /forget: what is gone, what stays, who may ask for it, and that it is gone from the file, too.
import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import type { APIMessage } from 'discord.js';
import { beforeEach, describe, expect, it } from 'vitest';
import type { Person } from '../../src/playground/person.ts';
import { deferred } from '../support/deferred.ts';
import { emojiForFile, held, saying, type WatchedBackend, watch } from './backends.ts';
import { keptIn } from './in-chat.ts';
import {
  ask,
  chatAboutRocket,
  openStage,
  picture,
  quickly,
  replyTo,
  responseTo,
  type Stage,
} from './stage.ts';

const model = await emojiForFile();
let backend: WatchedBackend;
beforeEach(() => {
  backend = watch(model);
});

type What = 'conversation' | 'me' | 'server';

function forget(person: Person, what: What, channelId?: string): Promise<APIMessage> {
  return responseTo(person, person.run('forget', { what }, channelId));
}

/** Presses a button of the warning, and gives what it says then. */
async function press(person: Person, warning: APIMessage, button: What | 'nothing'): Promise<APIMessage> {
  person.press(warning, `forget:${button}`);
  return person.waitFor(({ id, components }) => id === warning.id && (components ?? []).length === 0);
}

async function askIn(person: Person, channelId: string, content: string): Promise<string> {
  return (await replyTo(person, person.post({ channelId, content }))).content;
}

/** What stands in the store, by kind, once the bot has left. */
async function kept(stage: Stage) {
  const { memory } = stage;
  const [conversations, features, notes] = await keptIn(stage, 'conversations', 'features', 'picture-notes');
  // The database and its log.
  const names = [memory, `${memory}-wal`].filter((name) => existsSync(name));
  const file = await Promise.all(names.map((name) => readFile(name, 'latin1')));
  return {
    conversations,
    features: features?.length,
    notes: notes?.length,
    file: file.join(''),
  };
}

const lastPrompt = () => backend.decoded.at(-1)?.prompt;

describe('/forget this conversation', () => {
  it('removes a thread’s turns with what was seen, says so to all, and the talk goes on anew', async () => {
    const stage = await openStage(backend);
    const ada = stage.discord.addPerson('Ada');
    const threadId = await chatAboutRocket(stage);
    await ask(stage, threadId, 'What is this?');
    await ask(stage, threadId, 'Is there a car?');
    const answer = await forget(stage.me, 'conversation', threadId);
    expect(answer.content).toBe('I forgot 2 questions in 1 conversation, and what I saw in 1 picture.');
    expect(ada.read(threadId).map(({ id }) => id)).toContain(answer.id);
    expect(await ask(stage, threadId, 'What color is the background?')).toBe('red');
    expect(lastPrompt()).toBe('Question: What color is the background? Answer:');
  });

  it('leaves nothing of it in the file, and the other conversations as they were', async () => {
    const stage = await openStage(backend, { limits: quickly });
    const { me, mention } = stage;
    const rocket = me.post({ files: [await picture('rocket')] });
    await replyTo(me, me.post({ content: `${mention} Is there a peculiar rocket?`, replyTo: rocket.id }));
    me.post({ files: [await picture('umbrella')] });
    await replyTo(me, me.post(`${mention} Is there an umbrella?`));
    expect((await forget(me, 'conversation')).content).toBe(
      'I forgot 1 question in 1 conversation, and what I saw in 1 picture.',
    );
    const { conversations, features, file } = await kept(stage);
    expect(JSON.stringify(conversations)).toContain('Is there a peculiar rocket?');
    expect(conversations).toHaveLength(1);
    expect(features).toBe(1);
    expect(file.includes('Is there a peculiar rocket?')).toBe(true);
    expect(file.includes('Is there an umbrella?')).toBe(false);
  });

  it('keeps what was seen in a picture that another conversation is about', async () => {
    const stage = await openStage(backend, { limits: quickly });
    const { me, mention } = stage;
    const threadId = await chatAboutRocket(stage);
    await ask(stage, threadId, 'What is this?');
    await replyTo(me, me.post(`${mention} What is this?`));
    expect((await forget(me, 'conversation', threadId)).content).toBe(
      'I forgot 1 question in 1 conversation, and what I saw in 0 pictures.',
    );
    expect((await kept(stage)).features).toBe(1);
  });

  it.each(['a channel', 'direct messages'])(
    'removes what was seen in a picture that was only captioned, in %s',
    async (where) => {
      const stage = await openStage(backend, { limits: quickly });
      const { me, discord } = stage;
      const channelId = where === 'a channel' ? discord.channelId : me.directMessages();
      me.post({ channelId, files: [await picture('rocket')] });
      await responseTo(me, me.run('caption', {}, channelId));
      expect((await forget(me, 'conversation', channelId)).content).toContain('what I saw in 1 picture');
      const { features, notes } = await kept(stage);
      expect({ features, notes }).toEqual({ features: 0, notes: 0 });
    },
  );

  it('waits for the answer that is being made, and forgets it, too', async () => {
    const thinking = deferred<string>();
    const slow = saying(model, ({ prompt }) => (prompt === '' ? 'a rocket' : thinking.promise));
    const stage = await openStage(slow);
    const { me, discord } = stage;
    const threadId = await chatAboutRocket(stage);
    const question = me.post({ channelId: threadId, content: 'What is this?' });
    await discord.waitForEvent('typing');
    const forgotten = forget(me, 'conversation', threadId);
    await discord.waitForEvent('messageCreate');
    thinking.resolve('a late answer');
    await replyTo(me, question);
    expect((await forgotten).content).toContain('I forgot 1 question in 1 conversation');
    expect(JSON.stringify((await kept(stage)).conversations)).not.toContain('a late answer');
  });

  it('says where there is nothing to forget', async () => {
    const { me } = await openStage(backend);
    expect((await forget(me, 'conversation')).content).toBe('There was nothing to forget.');
  });
});

describe('/forget me', () => {
  it('removes after a click all that I asked here and in direct messages, and nothing that others asked', async () => {
    const stage = await openStage(backend, { limits: quickly });
    const { me } = stage;
    const ada = stage.discord.addPerson('Ada');
    const threadId = await chatAboutRocket(stage);
    await askIn(ada, threadId, 'What is this?');
    await askIn(me, threadId, 'Is there a dog?');
    const channelId = me.directMessages();
    await replyTo(me, me.post({ channelId, content: 'Is there a bee?', files: [await picture('umbrella')] }));
    const warning = await forget(me, 'me');
    expect(warning.content).toMatch(
      /^Shall I forget what you asked me in this server and in our direct messages/,
    );
    expect(ada.read().map(({ id }) => id)).not.toContain(warning.id);
    expect((await press(me, warning, 'me')).content).toBe(
      'I forgot 2 questions in 2 conversations, and what I saw in 1 picture.',
    );
    await askIn(me, threadId, 'Is there a car?');
    expect(lastPrompt()).toBe('Question: What is this? Answer: a rocket. Question: Is there a car? Answer:');
    const { conversations, file } = await kept(stage);
    expect(conversations).toHaveLength(1);
    expect(file.includes('Is there a dog?')).toBe(false);
    expect(file.includes('Is there a bee?')).toBe(false);
  });

  it('removes what was seen in my pictures, save those that somebody else asked about', async () => {
    const stage = await openStage(backend, { limits: quickly });
    const { me, mention } = stage;
    const ada = stage.discord.addPerson('Ada');
    me.post({ files: [await picture('umbrella')] });
    await responseTo(me, me.run('caption'));
    const rocket = me.post({ files: [await picture('rocket')] });
    await replyTo(ada, ada.post({ content: `${mention} What is this?`, replyTo: rocket.id }));
    const warning = await forget(me, 'me');
    expect((await press(me, warning, 'me')).content).toBe(
      'I forgot 0 questions in 0 conversations, and what I saw in 1 picture.',
    );
    const { conversations, features } = await kept(stage);
    expect(conversations).toHaveLength(1);
    expect(features).toBe(1);
  });

  it('asked for in direct messages is for everywhere', async () => {
    const stage = await openStage(backend, { limits: quickly });
    const { me } = stage;
    const threadId = await chatAboutRocket(stage);
    await askIn(me, threadId, 'What is this?');
    const warning = await forget(me, 'me', me.directMessages());
    expect(warning.content).toContain('in all servers and in our direct messages');
    await press(me, warning, 'me');
    expect((await kept(stage)).conversations).toEqual([]);
  });

  it('removes the very first question that I asked about a picture of somebody else, still being answered', async () => {
    const thinking = deferred<string>();
    const stage = await openStage(saying(model, () => thinking.promise));
    const { me, mention, discord } = stage;
    const rocket = discord.addPerson('Ada').post({ files: [await picture('rocket')] });
    const warning = await forget(me, 'me');
    const question = me.post({ content: `${mention} What is this?`, replyTo: rocket.id });
    await discord.waitForEvent('typing');
    const pressed = press(me, warning, 'me');
    await expect.poll(() => [...discord.world.interactions.values()].at(-1)?.acknowledged).toBe(true);
    thinking.resolve('a late answer');
    await replyTo(me, question);
    expect((await pressed).content).toContain('I forgot 1 question in 1 conversation');
    expect(JSON.stringify((await kept(stage)).conversations)).not.toContain('a late answer');
  });

  it('changes nothing when I keep it', async () => {
    const stage = await openStage(backend);
    const threadId = await chatAboutRocket(stage);
    await ask(stage, threadId, 'What is this?');
    const warning = await forget(stage.me, 'me');
    expect((await press(stage.me, warning, 'nothing')).content).toBe('I keep everything as it is.');
    await ask(stage, threadId, 'Is there a car?');
    expect(lastPrompt()).toContain('What is this?');
  });

  it('works from a warning that was shown before the bot was started anew', async () => {
    const stage = await openStage(backend);
    const threadId = await chatAboutRocket(stage);
    await ask(stage, threadId, 'What is this?');
    const warning = await forget(stage.me, 'me');
    await stage.restartBot();
    expect((await press(stage.me, warning, 'me')).content).toContain('I forgot 1 question in 1 conversation');
  });
});

describe('/forget server', () => {
  it('leaves no record of a picture that is just being captioned either', async () => {
    const slow = held(model, () => true);
    const stage = await openStage(slow, { limits: quickly });
    const { me, mention } = stage;
    const question = me.post({ content: mention, files: [await picture('rocket')] });
    await slow.asked;
    const done = await press(me, await forget(me, 'server'), 'server');
    expect(done.content).toContain('what I saw in 1 picture');
    slow.letGo();
    await replyTo(me, question);
    const { conversations, features, notes } = await kept(stage);
    expect({ conversations, features, notes }).toEqual({ conversations: [], features: 0, notes: 0 });
  });

  it('removes what everybody asked in it and what was seen there, and no direct messages', async () => {
    const stage = await openStage(backend, { limits: quickly });
    const { me, mention } = stage;
    const ada = stage.discord.addPerson('Ada');
    const threadId = await chatAboutRocket(stage);
    await askIn(ada, threadId, 'What is this?');
    await replyTo(ada, ada.post(`${mention} Is there a dog?`));
    const channelId = me.directMessages();
    await replyTo(me, me.post({ channelId, content: 'Is there a bee?', files: [await picture('umbrella')] }));
    const answer = await press(me, await forget(me, 'server'), 'server');
    expect(answer.content).toBe('I forgot 2 questions in 2 conversations, and what I saw in 1 picture.');
    const { conversations, features, notes } = await kept(stage);
    expect(conversations).toHaveLength(1);
    expect(JSON.stringify(conversations)).toContain('Is there a bee?');
    expect([features, notes]).toEqual([1, 1]);
  });

  it('is for those who may manage it, which others are told with what they can do', async () => {
    const stage = await openStage(backend);
    const ada = stage.discord.addPerson('Ada');
    const refusal = await forget(ada, 'server');
    expect(refusal.content).toMatch(
      /^Only who may manage this server .* take "Me: what I asked and posted" for what is yours\.$/,
    );
    expect(refusal.components ?? []).toEqual([]);
    const { me } = stage;
    expect((await forget(me, 'server', me.directMessages())).content).toMatch(/^There is no server here\./);
  });
});
