// Descriptions for those who hear pictures: "Describe for screen readers", and the alternative texts that are there.
import { type APIMessage, Locale } from 'discord.js';
import { describe, expect, it } from 'vitest';
import { altTextOf, isMachineMade } from '../../commands/alt-text.ts';
import { translations } from '../../commands/texts/texts.ts';
import { emojiForFile, saying, watch } from './backends.ts';
import { buttonOf, openStage, picture, replyTo, responseTo, type Stage } from './stage.ts';

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
    stage.discord.addWebPicture('https://example.org/b.png', rocket.bytes);
    const shown = stage.discord.waitForEvent(
      'messageUpdate',
      ({ stored }) => stored.message.embeds.length > 0,
    );
    const linked = stage.me.post('||https://example.org/b.png ||');
    await shown;
    const { attachments } = await describeBy(stage, linked);
    expect(attachments).toMatchObject([{ filename: 'SPOILER_b.png', description: rocketText }]);
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
    expect(answer.content).toBe(
      "-# With a description for screen readers.\n-# Left out, as I can't read it as a picture: broken.png.",
    );
  });

  it('says which files beside the pictures it left out', async () => {
    const stage = await openStage(backend);
    const pdf = { name: 'my_paper.pdf', bytes: Buffer.from('%PDF-1.4 x') };
    const files = [pdf, await picture('rocket')];
    const answer = await describeBy(stage, stage.me.post({ files }));
    expect(answer.attachments).toMatchObject([{ filename: 'rocket.png', description: rocketText }]);
    expect(answer.content).toMatch(/picture: my\\_paper\.pdf\.$/);
    const known = [pdf, { ...(await picture('rocket')), description: 'My rocket' }];
    const shown = await describeBy(stage, stage.me.post({ files: known }));
    expect(shown.content).toMatch(/> My rocket\n-# Left out.*my\\_paper\.pdf\.$/);
    stage.discord.denyBot(stage.discord.channelId, ['AttachFiles']);
    const toCopy = await describeBy(stage, stage.me.post({ files }));
    expect(toCopy.content).toMatch(/```\n-# Left out.*my\\_paper\.pdf\.$/);
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
      `I lack Attach Files here. Somebody who manages this server can grant that to my role. Until then, copy this into the description:\n\`\`\`\n${rocketText}\n\`\`\``,
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
    const { me, stopBot } = await openStage(backend);
    const image = { ...(await picture('rocket')), description: 'My rocket' };
    const captioned = await responseTo(me, me.run('caption', { image }));
    expect(captioned.attachments).toMatchObject([{ description: 'My rocket' }]);
    const asked = await responseTo(me, me.run('ask', { image, question: 'What is this?' }));
    expect(asked.attachments).toMatchObject([{ description: 'My rocket' }]);
    const reply = me.post({ content: 'What is this?', replyTo: captioned.id });
    expect((await replyTo(me, reply)).content).toBe('a rocket');
    const prompted = await responseTo(me, me.run('caption', { image, prompt: 'this is a picture of' }));
    me.press(prompted, buttonOf(prompted, 'again'));
    await me.waitFor(({ id, edited_timestamp: edited }) => id === prompted.id && edited !== null, 15_000);
    await stopBot();
    const shown = me.read().flatMap(({ attachments }) => attachments.map(({ description }) => description));
    expect(new Set(shown)).toEqual(new Set(['My rocket']));
  });

  it('is described anew when another caption takes the place of the first', async () => {
    const words = ['a rocket', 'a red rocket'];
    const { me } = await openStage(saying(backend, () => words.shift() ?? ''));
    const answer = await responseTo(me, me.run('caption', { image: await picture('rocket') }));
    expect(answer.attachments).toMatchObject([{ description: 'Machine-made description: a rocket' }]);
    me.press(answer, buttonOf(answer, 'again'));
    const anew = 'Machine-made description: a red rocket';
    const changed = await me.waitFor(({ attachments: [file] }) => file?.description === anew, 15_000);
    expect(changed).toMatchObject({ id: answer.id, content: 'a red rocket' });
  });

  it('is described after the answer to a question, for which nobody waits, and with a thread at once', async () => {
    const { me } = await openStage(backend);
    const image = await picture('rocket');
    const used = me.run('ask', { image, question: 'What is this?' });
    const isAnswer = ({ interaction_metadata: by, content }: APIMessage) =>
      by?.id === used && content === '> What is this?\na rocket';
    expect((await me.waitFor(isAnswer, 15_000)).attachments).toHaveLength(1);
    await me.waitFor((one) => isAnswer(one) && one.attachments[0]?.description === rocketText, 15_000);
    const opened = await responseTo(me, me.run('chat', { image }));
    expect(opened.attachments).toMatchObject([{ description: rocketText }]);
  });

  it('says in the language of whoever asked that a machine made its description', async () => {
    const { me, discord } = await openStage(backend);
    me.speak(Locale.German);
    const answer = await responseTo(me, me.run('caption', { image: await picture('rocket') }));
    expect(answer.attachments).toMatchObject([
      { description: 'Maschinell erstellte Beschreibung: a rocket on a red background' },
    ]);
    const ada = discord.addPerson('Ada');
    ada.setAvatar((await picture('rocket')).bytes);
    const asked = await responseTo(me, me.run('ask', { user: ada.user.id, question: 'What is this?' }));
    expect(asked.attachments).toMatchObject([{ description: 'Der Avatar von Ada' }]);
  });
});

describe('altTextOf', () => {
  const english = (caption: string) => altTextOf(caption, 'en-US');

  it.each([
    'a picture of a dog',
    'A photo of an image of a dog',
    'this is an image of a dog',
    'picture of a dog',
    'the photograph showing a dog',
    'there is a picture of a dog',
    "there's a photo of a dog",
    'the picture shows a dog',
    'This image depicts a dog',
    'in this picture a dog',
    'In the old photo, there is a dog',
    'in this image we can see a dog',
    'an old photo of a dog',
    'an old black and white photo of a dog',
    'here we see a stunning wedding picture of a dog',
    'images of a dog',
    'this is a picture that shows a dog',
    'photo: a dog',
    'an image taken of a dog',
    'this is a picture that was taken of a dog',
    'a photo I took of a dog',
    'a series of images showing a dog',
    'a black and white photo in which a dog',
    'a picture capturing a dog',
    'the photo portrays a dog',
    'a photo, showing a dog',
    'the image consists of a dog',
    'the picture is showing a dog',
    'you are looking at a picture of a dog',
    'an image which is showing a dog',
  ])('leaves out what a screen reader says anyway: %s', (caption) => {
    expect(english(caption)).toBe('Machine-made description: a dog');
  });

  it('keeps from where it was taken', () => {
    expect(english('a photo taken from above of a dog')).toBe(
      'Machine-made description: taken from above of a dog',
    );
  });

  it.each([
    'a drawing of a dog',
    'a picture frame',
    'image processing',
    'a wall with a picture of a dog',
    'a woman holding pictures of dogs',
    'a man takes photos of a dog',
    'in the picture frame there is a dog',
    'a series of dogs',
    'picture books and a dog',
    'pictures I took',
    'a picture made of shells',
  ])('keeps what tells something: %s', (caption) => {
    expect(english(caption)).toBe(`Machine-made description: ${caption}`);
  });

  it('stays under 125 characters and ends at a word', () => {
    const text = english('a very long dog '.repeat(20)) ?? '';
    expect(text.length).toBeLessThan(125);
    expect(text.length).toBeGreaterThan(110);
    expect(text).toMatch(/ (a|very|long|dog)…$/);
    const fits = english('x'.repeat(98)) ?? '';
    expect(fits).toHaveLength(124);
    expect(fits.endsWith('x')).toBe(true);
    expect(english('x'.repeat(99))).toHaveLength(124);
  });

  it('counts characters as people do, and cuts none in two', () => {
    expect(english('🚀'.repeat(98))).toBe(`Machine-made description: ${'🚀'.repeat(98)}`);
    expect(english('👩‍🚀'.repeat(98))).toMatch(/^Machine-made description: (👩‍🚀)+…$/u);
  });

  it.each(Object.keys(translations))('says in %s that a machine made it', (locale) => {
    const text = altTextOf('a very long dog '.repeat(20), locale) ?? '';
    expect(text).not.toMatch(/^Machine/);
    expect([...text].length).toBeLessThan(125);
    expect([...text].length).toBeGreaterThan(110);
    expect(isMachineMade(text)).toBe(true);
    expect(isMachineMade('a dog that a machine made')).toBe(false);
  });
});
