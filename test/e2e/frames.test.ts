// Animations: the frame that stands for one, and the one that is asked for.
import { type APIMessage, StickerFormatType } from 'discord.js';
import sharp from 'sharp';
import { describe, expect, it } from 'vitest';
import { animated, manyFrames, plain } from '../support/animation.ts';
import { emojiForFile } from './backends.ts';
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
const drawings = (['rocket', 'umbrella', 'strawberry'] as const).map(async (name) =>
  sized((await picture(name)).bytes),
);
/** A blank frame, then a rocket on red, an umbrella and a bee on purple, a strawberry and a star on white. */
const gif = {
  name: 'party.gif',
  bytes: await animated(await Promise.all([plain('#fff', 128), ...drawings])),
};

function sized(bytes: Uint8Array): Promise<Buffer> {
  return sharp(bytes).resize(128, 128).png().toBuffer();
}

const open = () => openStage(backend, { limits: quickly });
const background = 'What color is the background?';
const frame = (number: number) => `-# I looked at frame ${number} of 4.`;

async function follow({ me }: Stage, answer: APIMessage, content: string): Promise<string> {
  const { channel_id: channelId, id } = answer;
  return (await replyTo(me, me.post({ channelId, content, replyTo: id }))).content;
}

describe('an animation', () => {
  it('is looked at by the first frame that shows something, and that is said', async () => {
    const stage = await open();
    const { me, mention } = stage;
    const answer = await replyTo(me, me.post({ content: mention, files: [gif] }));
    expect(answer.content).toBe(`a rocket on a red background\n${frame(2)}`);
    expect(await follow(stage, answer, background)).toBe(`red\n${frame(2)}`);
    await stage.restartBot();
    expect(await follow(stage, answer, 'Is there a bee?')).toBe(`no\n${frame(2)}`);
  });

  it('is asked about by frame in the words of a question, and the talk stays with that frame', async () => {
    const stage = await open();
    const { me, mention } = stage;
    const posted = me.post({ files: [gif] });
    const question = me.post({ content: `${mention} What is in the last frame?`, replyTo: posted.id });
    const answer = await replyTo(me, question);
    expect(answer.content).toMatch(/^a strawberry/);
    expect(answer.content).toContain(frame(4));
    expect(await follow(stage, answer, background)).toBe(`white\n${frame(4)}`);
    expect(await follow(stage, answer, 'What color is the background in frame 3?')).toBe(
      `purple\n${frame(3)}`,
    );
    await stage.restartBot();
    expect(await follow(stage, answer, background)).toBe(`white\n${frame(4)}`);
    const plainly = me.post(`${mention} ${background}`);
    expect((await replyTo(me, plainly)).content).toMatch(/^(white|purple)\n/);
    const threadId = threadIn(await responseTo(me, me.press(answer, buttonOf(answer))));
    expect(await ask(stage, threadId, background)).toBe(`white\n${frame(4)}`);
    expect(await ask(stage, threadId, `${background.slice(0, -1)} in the second frame?`)).toBe(
      `red\n${frame(2)}`,
    );
    expect(await ask(stage, threadId, 'Is there a bee?')).toBe(`no\n${frame(2)}`);
  });

  it('is captioned by frame, of the newest picture as of one handed over', async () => {
    const stage = await open();
    const { me } = stage;
    me.post({ files: [gif] });
    const newest = await responseTo(me, me.run('caption', { frame: 'last' }));
    expect(newest.content).toMatch(/^a strawberry/);
    expect(await follow(stage, newest, background)).toBe(`white\n${frame(4)}`);
    const given = await responseTo(me, me.run('caption', { image: gif, frame: '3' }));
    expect(given.content).toMatch(/^an umbrella/);
    expect(given.attachments[0]?.description).toMatch(/^Machine-made description: an umbrella/);
    const named = await me.waitFor(({ id, components = [] }) => id === given.id && components.length > 0);
    await me.waitFor((message) => message.id === given.id && buttonOf(message, 'ask').includes('@3'), 15_000);
    expect(await follow(stage, named, background)).toBe(`purple\n${frame(3)}`);
    const half = await responseTo(me, me.run('caption', { image: gif, frame: '35%', private: true }));
    expect(half.content).toContain(frame(2));
  });

  it('may be an APNG, also in a sticker', async () => {
    const stage = await open();
    const { me, mention, discord } = stage;
    const frames = [await plain('#fff', 128), ...(await Promise.all(drawings))];
    const png = { name: 'party.png', bytes: await animated(frames, 'png') };
    const answer = await replyTo(me, me.post({ content: mention, files: [png] }));
    expect(answer.content).toBe(`a rocket on a red background\n${frame(2)}`);
    const last = await responseTo(me, me.run('caption', { frame: 'last' }));
    expect(last.content).toMatch(/^a strawberry/);
    expect(last.content).toContain(frame(4));
    const asked = me.post(`${mention} What color is the background in frame 3?`);
    expect((await replyTo(me, asked)).content).toBe(`purple\n${frame(3)}`);
    discord.addWebPicture('https://example.org/party.png', png.bytes);
    const linked = me.post(
      `${mention} What color is the background in frame 4? https://example.org/party.png`,
    );
    expect((await replyTo(me, linked)).content).toBe(`white\n${frame(4)}`);
    const byCommand = me.run('ask', { image: png, question: 'What color is the background in frame 2?' });
    await me.waitFor(
      ({ interaction_metadata: by, content }) => by?.id === byCommand && content.endsWith(`red\n${frame(2)}`),
      15_000,
    );
    const sticker = discord.addSticker('Party', StickerFormatType.APNG, png.bytes);
    const post = me.post({ sticker });
    const question = `${mention} What color is the background in frame 3?`;
    expect((await replyTo(me, me.post({ content: question, replyTo: post.id }))).content).toBe(
      `purple\n${frame(3)}`,
    );
  });

  it('moves in an emoji and an avatar, too', async () => {
    const { me, mention, discord } = await open();
    const emoji = discord.addEmoji('party', gif.bytes);
    const answer = await replyTo(me, me.post(`${mention} What is in the last frame of ${emoji}?`));
    expect(answer.content).toContain(frame(4));
    const ada = discord.addPerson('Ada');
    ada.setAvatar(gif.bytes);
    const avatar = await responseTo(me, me.run('caption', { user: ada.user.id, frame: 'third' }));
    expect(avatar.content).toMatch(/^an umbrella/);
    const reply = me.post({ content: background, replyTo: avatar.id });
    expect((await replyTo(me, reply)).content).toContain(frame(3));
  });

  it('without the frame that is asked for says how many there are, and can be asked on', async () => {
    const stage = await open();
    const { me, mention } = stage;
    me.post({ files: [gif] });
    const beyond = await replyTo(me, me.post(`${mention} What is in frame 9?`));
    expect(beyond.content).toBe('You asked for frame 9, and that animation has 4. Name one from 1 to 4.');
    expect((await responseTo(me, me.run('caption', { frame: 'blue' }))).content).toMatch(
      /^"blue" names no frame\./,
    );
    const far = { name: 'long.gif', bytes: manyFrames(10_000, 2_000) };
    const tooFar = await responseTo(me, me.run('caption', { image: far, frame: 'last' }));
    expect(tooFar.content).toMatch(/^Frame 10,000 lies too far into that animation/);
    expect((await replyTo(me, me.post(`${mention} What is in frame 2?`))).content).toContain(frame(2));
  });

  it('offers frames while one types', async () => {
    const { me } = await open();
    const values = async (typed: string) =>
      (await me.complete('caption', 'frame', typed)).map(({ value }) => value);
    expect(await values('')).toEqual(['first', 'middle', 'last']);
    expect(await values('5')).toEqual(['5', '5%']);
    expect(await me.complete('caption', 'prompt', 'this is a c')).toMatchObject([
      { value: 'this is a cartoon of' },
    ]);
  });
});

describe('a picture at rest', () => {
  it('says nothing of frames, and that it has no other than its first', async () => {
    const { me, mention } = await open();
    me.post({ files: [await picture('rocket')] });
    expect((await responseTo(me, me.run('caption', { frame: 'last' }))).content).toBe(
      'a rocket on a red background',
    );
    expect((await responseTo(me, me.run('caption', { frame: '2' }))).content).toMatch(/does not move/);
    const question = me.post(`${mention} What color is the background in frame 3?`);
    expect((await replyTo(me, question)).content).not.toMatch(/frame/);
  });
});
