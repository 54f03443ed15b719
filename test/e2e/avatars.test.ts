// People's avatars: looked at when somebody is named in a command, and talked about like any other picture.
import type { APIMessage } from 'discord.js';
import sharp from 'sharp';
import { describe, expect, it, vi } from 'vitest';
import { say } from '../../commands/texts/texts.ts';
import type { Person } from '../../src/playground/person.ts';
import { animated, plain } from '../support/animation.ts';
import { emojiForFile } from './backends.ts';
import { keptIn } from './in-chat.ts';
import {
  ask,
  buttonOf,
  openStage,
  picture,
  quickly,
  replyTo,
  responseTo,
  type Stage,
  threadIn,
} from './stage.ts';

const backend = await emojiForFile();

const sees = 'a rocket on a red background';
const asked = 'What color is the background?';

interface AvatarStage extends Stage {
  /** Shows a rocket. */
  readonly ada: Person;
  /** Names her in a command. */
  use(command: string, options?: Parameters<Person['run']>[1], channelId?: string): Promise<APIMessage>;
  /** What the bot took from the CDN beside files of messages. */
  fetched(): string[];
}

async function openAvatarStage(): Promise<AvatarStage> {
  const stage = await openStage(backend, { limits: quickly });
  const { me, discord } = stage;
  const ada = discord.addPerson('Ada');
  ada.setAvatar((await picture('rocket')).bytes);
  const get = vi.spyOn(discord.world.assets, 'get');
  return {
    ...stage,
    ada,
    use: (command, options, channelId) =>
      responseTo(me, me.run(command, { user: ada.user.id, ...options }, channelId)),
    fetched: () => get.mock.calls.map(([path]) => path),
  };
}

const noteAbout = ({ user }: Person) => `-# I looked at <@${user.id}>'s avatar`;

async function follow({ me }: Stage, answer: APIMessage, content = asked): Promise<APIMessage> {
  const { channel_id: channelId, id: replyTo_ } = answer;
  return replyTo(me, me.post({ channelId, content, replyTo: replyTo_ }));
}

describe("a person's avatar", () => {
  it('is captioned, and posted with the caption as its description', async () => {
    const stage = await openAvatarStage();
    const { ada, use, fetched } = stage;
    const answer = await use('caption');
    expect(answer.content).toBe(`${sees}\n${noteAbout(ada)}.`);
    expect(answer.attachments).toMatchObject([
      { filename: 'avatar.png', description: `Machine-made description: ${sees}` },
    ]);
    expect(answer.mentions).toEqual([]);
    expect(fetched()).toEqual([`/avatars/${ada.user.id}/${ada.user.avatar}`]);
    expect((await use('caption', { prompt: 'this is a picture of' })).content).toMatch(
      /^this is a picture of a rocket/,
    );
  });

  it.each(['last', '50%'])('of the server alone, and moving, is captioned by frame: %s', async (frame) => {
    const stage = await openAvatarStage();
    const { ada, use } = stage;
    const sizes = (['rocket', 'umbrella'] as const).map(async (name) =>
      sharp((await picture(name)).bytes)
        .resize(128, 128)
        .png()
        .toBuffer(),
    );
    ada.setAvatar(await animated([await plain('#fff', 128), ...(await Promise.all(sizes))]), 'server');
    const answer = await use('caption', { frame });
    expect(answer.content).toMatch(/^(an umbrella|a rocket)/);
    expect((await follow(stage, answer)).content).toMatch(/^(purple|red)/);
  });

  it('is asked about, and the talk goes on by replies, buttons and in a thread', async () => {
    const stage = await openAvatarStage();
    const { me, ada, use } = stage;
    const answer = await use('ask', { question: 'What is this?' });
    expect(answer.content).toBe(`> What is this?\na rocket\n${noteAbout(ada)}.`);
    expect(answer.attachments).toMatchObject([{ filename: 'avatar.png', description: 'The avatar of Ada' }]);
    const reply = await follow(stage, answer);
    expect(reply.content).toBe(`red\n${noteAbout(ada)}.`);
    expect((await follow(stage, reply, 'Is there a bee?')).content).toBe('no');
    const again = stage.discord.waitForEvent('messageUpdate', ({ stored }) => stored.message.id === reply.id);
    me.press(reply, buttonOf(reply, 'again'));
    expect((await again).stored.message.content).toMatch(/^red\n/);
    const threadId = threadIn(await responseTo(me, me.press(answer, buttonOf(answer))));
    expect(await ask(stage, threadId, asked)).toBe('red');
  });

  it('of this server stands before the one for everywhere, except in direct messages', async () => {
    const { me, ada, use } = await openAvatarStage();
    ada.setAvatar((await picture('umbrella')).bytes, 'server');
    const answer = await use('caption');
    expect(answer.content).toMatch(/^an umbrella and a bee/);
    expect(answer.content).toContain(`${noteAbout(ada)} on this server.`);
    expect((await use('caption', {}, me.directMessages())).content).toBe(`${sees}\n${noteAbout(ada)}.`);
  });

  it('that Discord gives to whoever has none is said to be that', async () => {
    const { discord, me, use, fetched } = await openAvatarStage();
    const eve = discord.addPerson('Eve');
    const answer = await use('caption', { user: eve.user.id });
    expect(answer.content).toContain(
      `-# <@${eve.user.id}> has no avatar, so I looked at the one that Discord gives them.`,
    );
    expect(fetched()).toEqual([]);
    const reply = me.post({ content: 'What color is it?', replyTo: answer.id });
    expect((await replyTo(me, reply)).content).toMatch(/^\w+/);
  });

  it('that moves is looked at as well', async () => {
    const { ada, use } = await openAvatarStage();
    ada.setAvatar(
      await sharp((await picture('rocket')).bytes)
        .gif()
        .toBuffer(),
    );
    const answer = await use('caption');
    expect(answer.content).toBe(`${sees}\n${noteAbout(ada)}.`);
    expect(answer.attachments).toMatchObject([{ filename: 'avatar.gif' }]);
  });

  it('is seen in private where that is asked for', async () => {
    const { discord, use } = await openAvatarStage();
    const answer = await use('caption', { private: true });
    expect(answer.content).toMatch(sees);
    expect(answer.components).toEqual([]);
    const seen = discord.addPerson('Eve').read();
    expect(seen.map(({ id }) => id)).not.toContain(answer.id);
  });

  it('is looked at in place of a picture, not beside one', async () => {
    const { me, use, fetched } = await openAvatarStage();
    const both = { image: await picture('umbrella') };
    expect((await use('caption', both)).content).toBe(say('en-US', 'pictureOrPerson'));
    me.speak('de' as never);
    expect((await use('ask', { ...both, question: asked })).content).toBe(say('de', 'pictureOrPerson'));
    expect(fetched()).toEqual([]);
  });
});

describe('a talk about an avatar', () => {
  it('stays with the picture that it began with, also after a restart', async () => {
    const stage = await openAvatarStage();
    const { ada, use, restartBot } = stage;
    const answer = await use('caption');
    ada.setAvatar((await picture('umbrella')).bytes);
    await restartBot();
    expect((await follow(stage, answer)).content).toMatch(/^red\n/);
    expect((await use('caption')).content).toMatch(/^an umbrella/);
    expect((await follow(stage, answer, 'What is this?')).content).toMatch(/^a rocket\n/);
  });

  it('goes on without the picture in the chat, until nobody has it any more', async () => {
    const stage = await openAvatarStage();
    const { me, ada, use, discord } = stage;
    discord.denyBot(discord.channelId, ['AttachFiles']);
    const answer = await use('ask', { question: 'What is this?' });
    expect(answer.attachments).toEqual([]);
    ada.setAvatar((await picture('umbrella')).bytes);
    expect((await follow(stage, answer)).content).toMatch(/^red\n/);
    const forgotten = await responseTo(me, me.run('forget', { what: 'conversation' }));
    expect(forgotten.content).toContain('what I saw in 1 picture');
    expect((await follow(stage, answer)).content).toBe(say('en-US', 'avatarGone', { option: 'user' }));
  });
});

describe('whoever shows an avatar', () => {
  it('can keep it from the bot, and nothing of it is fetched or kept', async () => {
    const stage = await openAvatarStage();
    const { ada, use, fetched } = stage;
    await responseTo(ada, ada.run('privacy', { pictures: 'out' }));
    const withheld = say('en-US', 'avatarWithheld', { person: `<@${ada.user.id}>` });
    expect((await use('caption')).content).toBe(withheld);
    expect((await use('ask', { question: asked })).content).toBe(withheld);
    expect(fetched()).toEqual([]);
    expect(await kept(stage)).toEqual({ features: 0, conversations: 0 });
  });

  it('can do so later, which ends the talk about it', async () => {
    const stage = await openAvatarStage();
    const { ada, use } = stage;
    const answer = await use('ask', { question: 'What is this?' });
    await follow(stage, answer);
    const told = await responseTo(ada, ada.run('privacy', { pictures: 'out' }));
    expect(told.content).toContain('1 picture and 2 answers about them');
    const withheld = say('en-US', 'avatarWithheld', { person: `<@${ada.user.id}>` });
    expect((await follow(stage, answer)).content).toBe(withheld);
    expect(await kept(stage)).toEqual({ features: 0, conversations: 0 });
  });

  it.each([
    ['caption', {}, sees],
    ['ask', { question: 'What is this?' }, 'a rocket'],
  ])('takes it off the answer to /%s by doing so, also after a restart', async (command, options, said) => {
    const stage = await openAvatarStage();
    const { me, ada, use } = stage;
    const { id } = await use(command, options);
    await use('caption', { private: true });
    await stage.restartBot();
    await responseTo(ada, ada.run('privacy', { pictures: 'out' }));
    const shown = await me.waitFor((message) => message.id === id && message.attachments.length === 0);
    expect(shown.content).toContain(said);
  });

  it('is told of it by /privacy, and has it forgotten as a picture of theirs', async () => {
    const stage = await openAvatarStage();
    const { ada, use } = stage;
    await use('caption');
    const told = await responseTo(ada, ada.run('privacy'));
    expect(told.content).toContain('what the model saw in 1 picture of yours');
    const sure = await responseTo(ada, ada.run('forget', { what: 'me' }));
    const done = stage.discord.waitForEvent('messageUpdate', ({ stored }) => stored.message.id === sure.id);
    ada.press(sure, buttonOf(sure, 'forget'));
    expect((await done).stored.message.content).toContain('what I saw in 1 picture');
    expect(await kept(stage)).toEqual({ features: 0, conversations: 0 });
  });
});

async function kept(stage: Stage) {
  const [features, conversations] = await keptIn(stage, 'features', 'conversations');
  return { features: features?.length, conversations: conversations?.length };
}
