// Descriptions for those who hear pictures: "Describe for screen readers", and the alternative texts that are there.
import type { APIMessage } from 'discord.js';
import { describe, expect, it } from 'vitest';
import { altTextOf } from '../../commands/alt-text.ts';
import { emojiForFile, saying, watch } from './backends.ts';
import { openStage, picture, replyTo, responseTo, type Stage } from './stage.ts';

const backend = await emojiForFile();

const rocketText = 'Machine-made description: a rocket on a red background';

function describeBy({ me }: Stage, message: APIMessage): Promise<APIMessage> {
  return responseTo(me, me.runOn(message, 'Describe for screen readers'));
}

describe('"Describe for screen readers"', () => {
  it('posts the picture again with its description', async () => {
    const stage = await openStage(backend);
    const rocket = await picture('rocket');
    const answer = await describeBy(stage, stage.me.post({ files: [{ ...rocket, name: 'SPOILER_a.png' }] }));
    expect(answer.attachments).toMatchObject([{ filename: 'SPOILER_a.png', description: rocketText }]);
    const bytes = await (await fetch(answer.attachments[0]?.url ?? '')).arrayBuffer();
    expect(Buffer.from(bytes)).toEqual(rocket.bytes);
    expect(answer.content).toBe('-# With a description for screen readers.');
  });

  it('shows a description that is there, and asks no model', async () => {
    const watched = watch(backend);
    const stage = await openStage(watched);
    const files = [{ ...(await picture('rocket')), description: 'My *first* rocket\nin 1969' }];
    const answer = await describeBy(stage, stage.me.post({ files }));
    expect(answer.content).toBe(
      'Described already, by whoever posted it:\n> My \\*first\\* rocket\n> in 1969',
    );
    expect(answer.attachments).toEqual([]);
    expect(watched.decoded).toEqual([]);
  });

  it('describes each picture that has no description yet, also beside one that is broken', async () => {
    const stage = await openStage(backend);
    const described = { ...(await picture('umbrella')), description: 'My umbrella' };
    const broken = { name: 'broken.png', bytes: Buffer.from('no picture') };
    const files = [described, broken, await picture('rocket')];
    const answer = await describeBy(stage, stage.me.post({ files }));
    expect(answer.attachments).toMatchObject([
      { filename: 'umbrella.png', description: 'My umbrella' },
      { filename: 'rocket.png', description: rocketText },
    ]);
    expect(answer.content).toBe('-# With a description for screen readers.');
  });

  it('says what is wrong with a picture that can’t be read', async () => {
    const stage = await openStage(backend);
    const broken = { name: 'broken.png', bytes: Buffer.from('no picture') };
    const answer = await describeBy(stage, stage.me.post({ files: [broken] }));
    expect(answer.content).toMatch(/^The file is not an image\./);
    expect(answer.attachments).toEqual([]);
  });

  it('gives the text to copy where the bot may attach no files', async () => {
    const stage = await openStage(backend);
    stage.discord.denyBot(stage.discord.channelId, ['AttachFiles']);
    const answer = await describeBy(stage, stage.me.post({ files: [await picture('rocket')] }));
    expect(answer.content).toBe(
      `I can't post pictures here, so copy this into the description:\n\`\`\`\n${rocketText}\n\`\`\``,
    );
    expect(answer.attachments).toEqual([]);
  });

  it('gives the text to copy where Discord takes no file of that size', async () => {
    const stage = await openStage(backend);
    const message = stage.me.post({ files: [await picture('rocket')] });
    Object.assign(stage.discord.world.limits, { uploadBytes: 100 });
    const answer = await describeBy(stage, message);
    expect(answer.content).toContain(`\`\`\`\n${rocketText}\n\`\`\``);
    expect(answer.attachments).toEqual([]);
  });

  it('says so where the model has no words', async () => {
    const stage = await openStage(saying(backend, () => ' '));
    const answer = await describeBy(stage, stage.me.post({ files: [await picture('rocket')] }));
    expect(answer.content).toBe('I have no words for this picture. Describe it in your own.');
  });

  it('tells that a message holds no picture', async () => {
    const stage = await openStage(backend);
    const answer = await describeBy(stage, stage.me.post('hello'));
    expect(answer.content).toMatch(/^That message holds no picture\./);
  });
});

describe('a picture that the bot posts because it came with a command', () => {
  it('is described by its caption', async () => {
    const { me } = await openStage(backend);
    const answer = await responseTo(me, me.run('caption', { image: await picture('rocket') }));
    expect(answer.attachments).toMatchObject([{ description: rocketText }]);
    expect(answer.content).toBe('a rocket on a red background');
  });

  it('keeps the description that it came with', async () => {
    const { me } = await openStage(backend);
    const image = { ...(await picture('rocket')), description: 'My rocket' };
    const captioned = await responseTo(me, me.run('caption', { image }));
    expect(captioned.attachments).toMatchObject([{ description: 'My rocket' }]);
    const asked = await responseTo(me, me.run('ask', { image, question: 'What is this?' }));
    expect(asked.attachments).toMatchObject([{ description: 'My rocket' }]);
    const reply = me.post({ content: 'What is this?', replyTo: captioned.id });
    expect((await replyTo(me, reply)).content).toBe('a rocket');
  });
});

describe('altTextOf', () => {
  it.each([
    'a picture of a dog',
    'A photo of an image of a dog',
    'this is an image of a dog',
    'picture of a dog',
    'the photograph showing a dog',
  ])('leaves out what a screen reader says anyway: %s', (caption) => {
    expect(altTextOf(caption)).toBe('Machine-made description: a dog');
  });

  it.each(['a drawing of a dog', 'a picture frame', 'image processing'])(
    'keeps what tells something: %s',
    (caption) => {
      expect(altTextOf(caption)).toBe(`Machine-made description: ${caption}`);
    },
  );

  it('stays under 125 characters and ends at a word', () => {
    const text = altTextOf('a very long dog '.repeat(20)) ?? '';
    expect(text.length).toBeLessThan(125);
    expect(text.length).toBeGreaterThan(110);
    expect(text).toMatch(/ (a|very|long|dog)…$/);
    const fits = altTextOf('x'.repeat(98)) ?? '';
    expect(fits).toHaveLength(124);
    expect(fits.endsWith('x')).toBe(true);
    expect(altTextOf('x'.repeat(99))).toHaveLength(124);
  });
});
