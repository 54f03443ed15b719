// Images that make trouble: expired, deleted, too large, broken, no images at all, or posted before the bot came.
import { describe, expect, it } from 'vitest';
import { deleteMessages } from '../../src/playground/state/messages.ts';
import { later } from '../support/later.ts';
import { emojiForFile } from './backends.ts';
import { openStage, picture, replyTo, responseTo, threadIn } from './stage.ts';

const backend = await emojiForFile();

const textFile = { name: 'notes.txt', bytes: Buffer.from('a dog') };

describe('a picture', () => {
  it('posted before the bot came is found', async () => {
    const rocket = await picture('rocket');
    const { me } = await openStage(backend, {
      before: ({ me }) => {
        me.post({ files: [rocket] });
        me.post('and some talk');
      },
    });
    const answer = await responseTo(me, me.run('caption'));
    expect(answer.content).toBe('a rocket on a red background');
  });

  it('whose link has expired is fetched by a fresh one', async () => {
    const { me } = await openStage(backend, { limits: { attachmentUrlMs: 60_000 } });
    me.post({ files: [await picture('rocket')] });
    later(60_001);
    const answer = await responseTo(me, me.run('caption'));
    expect(answer.content).toBe('a rocket on a red background');
  });

  it('that is not the only one on its message is told apart by its place, once', async () => {
    const { me, mention } = await openStage(backend);
    const files = [textFile, await picture('rocket'), await picture('umbrella')];
    const question = me.post({ content: `${mention} What is this?`, files });
    const answer = await replyTo(me, question);
    expect(answer.content).toBe('a rocket\n-# I looked at picture 1 of 2.');
    const next = me.post({ content: 'What color is the background?', replyTo: answer.id });
    expect((await replyTo(me, next)).content).toBe('red');
    const caption = await responseTo(me, me.run('caption'));
    expect(caption.content).toBe('a rocket on a red background\n-# I looked at picture 1 of 2.');
  });

  it.each(['alone', 'with others'])('that was deleted %s no longer is the newest', async (how) => {
    const { me, discord } = await openStage(backend);
    me.post({ files: [await picture('rocket')] });
    const newest = me.post({ files: [await picture('umbrella')] });
    const other = me.post('What do you think of it?');
    if (how === 'alone') me.delete(newest);
    else deleteMessages(discord.world, discord.channelId, [newest.id, other.id]);
    const answer = await responseTo(me, me.run('caption'));
    expect(answer.content).toBe('a rocket on a red background');
  });

  it('that was deleted while the bot was away is not talked about any more', async () => {
    const stage = await openStage(backend);
    const { me, mention } = stage;
    const image = me.post({ files: [await picture('rocket')] });
    const question = me.post({ content: `${mention} What is this?`, replyTo: image.id });
    const answer = await replyTo(me, question);
    await stage.stopBot();
    me.delete(image);
    await stage.restartBot();
    const next = me.post({ content: 'What color is the background?', replyTo: answer.id });
    expect((await replyTo(me, next)).content).toMatch(/image is gone\. Post it again/);
  });

  it('that was deleted before anything was asked is forgotten, and another one asked for', async () => {
    const { me } = await openStage(backend);
    const image = me.post({ files: [await picture('rocket')] });
    const threadId = threadIn(await responseTo(me, me.run('chat')));
    me.delete(image);
    const question = me.post({ channelId: threadId, content: 'What is this?' });
    expect((await replyTo(me, question)).content).toMatch(/^Post a picture here first/);
  });

  it('larger than allowed is refused with both sizes', async () => {
    const { me, mention } = await openStage(backend, { bot: { maxImageBytes: 1_000 } });
    const rocket = await picture('rocket');
    const question = me.post({ content: mention, files: [rocket] });
    expect((await replyTo(me, question)).content).toMatch(
      /^Expected an image of at most 1,000 bytes, got [\d,]+ bytes\. Post a smaller copy\.$/,
    );
  });

  it('that is broken is said to be so, and logged as no failure of ours', async () => {
    const { me, mention, log } = await openStage(backend);
    const broken = { name: 'dog.png', bytes: Buffer.from('no picture at all') };
    const question = me.post({ content: mention, files: [broken] });
    const { content } = await replyTo(me, question);
    expect(content).not.toMatch(/incident/);
    expect(content).toMatch(/image/);
    expect(log.lines.filter(({ level }) => level === 'error')).toEqual([]);
  });
});

describe('a file that is no picture', () => {
  it('is named as such, and never described', async () => {
    const { me, mention } = await openStage(backend);
    me.post({ files: [await picture('rocket')] });
    const question = me.post({ content: `${mention} What is this?`, files: [textFile] });
    expect((await replyTo(me, question)).content).toMatch(/`notes\.txt` is of type text\/plain/);
  });

  it('is named as such when a reply asks about it', async () => {
    const { me, mention } = await openStage(backend);
    const post = me.post({ files: [textFile] });
    const question = me.post({ content: `${mention} What is this?`, replyTo: post.id });
    expect((await replyTo(me, question)).content).toMatch(/`notes\.txt` is of type text\/plain/);
  });

  it('is named as such in a command, before anything is fetched', async () => {
    const { me } = await openStage(backend);
    const answer = await responseTo(me, me.run('caption', { image: textFile }));
    expect(answer.content).toMatch(/`notes\.txt` is of type text\/plain/);
  });
});

describe('a command without a picture', () => {
  it.each(['caption', 'chat'])('says how to get one: /%s', async (command) => {
    const { me } = await openStage(backend);
    const answer = await responseTo(me, me.run(command));
    expect(answer.content).toMatch(/^I found no picture here\. Post one, or hand it over/);
  });
});
