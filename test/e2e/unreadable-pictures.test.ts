// Pictures that can not be read: they leave what was talked about as it was.
import { beforeEach, describe, expect, it } from 'vitest';
import { emojiForFile, type WatchedBackend, watch } from './backends.ts';
import { ask, chatAboutRocket, openStage, picture, quickly, replyTo, responseTo, threadIn } from './stage.ts';

const model = await emojiForFile();
let backend: WatchedBackend;
beforeEach(() => {
  backend = watch(model);
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

describe('a picture that can not be read among several', () => {
  const broken = { name: 'dog.png', bytes: Buffer.from('no picture at all') };
  const aboutTheOther = "a rocket\n-# I looked at picture 2 of 2.\n-# Picture 1 of 2 can't be read.";
  const captioned = aboutTheOther.replace('rocket', 'rocket on a red background');

  it('is passed over for the next, which is said, with the menu, also in a reply and a DM', async () => {
    const { me, mention } = await openStage(backend, { limits: quickly });
    const files = [broken, await picture('rocket')];
    const asked = me.post({ content: `${mention} What is this?`, files });
    const answer = await replyTo(me, asked);
    expect(answer.content).toBe(aboutTheOther);
    expect(JSON.stringify(answer.components)).toMatch(/"default":true/);
    const reply = me.post({ content: `${mention} What is this?`, replyTo: asked.id });
    expect((await replyTo(me, reply)).content).toBe(aboutTheOther);
    expect((await replyTo(me, me.post({ content: mention, files }))).content).toBe(captioned);
    const direct = me.post({ channelId: me.directMessages(), files });
    expect((await replyTo(me, direct)).content).toBe(captioned);
    const next = me.post({ content: 'What color is the background?', replyTo: answer.id });
    expect((await replyTo(me, next)).content).toMatch(/^red/);
  });

  it('is passed over by the menu of its message, and leaves the others the newest', async () => {
    const { me } = await openStage(backend, { limits: quickly });
    me.post({ files: [await picture('umbrella')] });
    const posted = me.post({ files: [broken, await picture('rocket')] });
    expect((await responseTo(me, me.runOn(posted, 'Caption image'))).content).toBe(captioned);
    expect((await responseTo(me, me.run('caption'))).content).toMatch(/^a rocket/);
  });

  it('is passed over by /caption, /ask and the form of its message’s menu as well', async () => {
    const { me, discord } = await openStage(backend, { limits: quickly });
    const post = async () => me.post({ files: [broken, await picture('rocket')] });
    await post();
    expect((await responseTo(me, me.run('caption'))).content).toBe(captioned);
    await post();
    const question = 'What is this?';
    expect((await responseTo(me, me.run('ask', { question }))).content).toBe(
      `> ${question}\n${aboutTheOther}`,
    );
    const posted = await post();
    const opened = discord.waitForEvent('modal');
    const used = me.runOn(posted, 'Ask about image');
    await opened;
    const answer = await responseTo(me, me.submit(used, { question }));
    expect(answer.content).toBe(`> ${question}\n${aboutTheOther}`);
    const next = me.post({ content: 'What color is the background?', replyTo: answer.id });
    expect((await replyTo(me, next)).content).toMatch(/^red/);
  });

  it('is passed over by /chat, which says so and opens the thread about the other', async () => {
    const stage = await openStage(backend, { limits: quickly });
    const { me } = stage;
    me.post({ files: [broken, await picture('rocket')] });
    const opened = await responseTo(me, me.run('chat'));
    expect(opened.content).toContain(aboutTheOther.slice('a rocket'.length));
    expect(await ask(stage, threadIn(opened), 'What is this?')).toBe('a rocket');
  });

  it('is said to be so where the message can be asked for no more', async () => {
    const { me, discord } = await openStage(backend, { limits: quickly });
    me.post({ files: [broken, await picture('rocket')] });
    discord.denyBot(discord.channelId, ['ReadMessageHistory']);
    expect((await responseTo(me, me.run('caption'))).content).toMatch(/^The file is not an image/);
  });

  it('stands before no other where it was named', async () => {
    const { me, mention } = await openStage(backend, { limits: quickly });
    const files = [broken, await picture('rocket')];
    me.post({ files });
    const byCommand = await responseTo(me, me.run('ask', { question: 'What is in picture 1?' }));
    expect(byCommand.content).not.toMatch(/rocket/);
    const named = me.post({ content: `${mention} What is in picture 1?`, files });
    expect((await replyTo(me, named)).content).not.toMatch(/rocket/);
    const none = me.post({ content: `${mention} What is this?`, files: [broken, broken] });
    expect((await replyTo(me, none)).content).toMatch(/image/);
  });
});
