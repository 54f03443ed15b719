// The three things that people do with the bot, with a real discord.js client and the real model.
import { type APITextChannel, ChannelType } from 'discord.js';
import { describe, expect, it } from 'vitest';
import { startThreadIn } from '../../src/playground/state/threads.ts';
import { emojiForFile } from './backends.ts';
import { buttonOf, openStage, picture, replyTo, responseTo, threadIn } from './stage.ts';

const backend = await emojiForFile();

describe('/caption', () => {
  it('captions the newest picture of the channel', async () => {
    const { me } = await openStage(backend);
    me.post({ files: [await picture('strawberry')] });
    me.post({ files: [await picture('rocket')] });
    me.post('look at that');
    const answer = await responseTo(me, me.run('caption'));
    expect(answer.content).toBe('a rocket on a red background');
  });

  it('captions a picture handed over with it, and shows that picture', async () => {
    const { me } = await openStage(backend);
    const answer = await responseTo(me, me.run('caption', { image: await picture('umbrella') }));
    expect(answer.content).toBe('an umbrella and a bee on a purple background');
    expect(answer.attachments.map(({ filename }) => filename)).toEqual(['umbrella.png']);
  });

  it('begins as the prompt says', async () => {
    const { me } = await openStage(backend);
    me.post({ files: [await picture('rocket')] });
    const answer = await responseTo(me, me.run('caption', { prompt: 'this is a picture of' }));
    expect(answer.content).toBe('this is a picture of a rocket on a red background');
  });

  it('shows a private answer to nobody else, and offers no thread', async () => {
    const { me, discord } = await openStage(backend);
    const other = discord.addPerson('Ada');
    me.post({ files: [await picture('rocket')] });
    const answer = await responseTo(me, me.run('caption', { private: true }));
    expect(answer.content).toBe('a rocket on a red background');
    expect(answer.components ?? []).toEqual([]);
    expect(other.read(discord.channelId).map(({ id }) => id)).not.toContain(answer.id);
  });
});

describe('a reply', () => {
  it('to a picture that mentions the bot is a question about it, and a reply to the answer is the next', async () => {
    const { me, mention } = await openStage(backend);
    const image = me.post({ files: [await picture('rocket')] });
    me.post({ files: [await picture('strawberry')] });
    const question = me.post({ content: `${mention} What is this?`, replyTo: image.id });
    const answer = await replyTo(me, question);
    expect(answer.content).toBe('a rocket');
    const next = me.post({
      content: 'What color is the background?',
      replyTo: answer.id,
      mentionAuthor: false,
    });
    expect((await replyTo(me, next)).content).toBe('red');
  });

  it("to the bot's caption asks about the captioned picture", async () => {
    const { me } = await openStage(backend);
    me.post({ files: [await picture('rocket')] });
    const caption = await responseTo(me, me.run('caption'));
    me.post({ files: [await picture('strawberry')] });
    const question = me.post({ content: 'What color is the background?', replyTo: caption.id });
    expect((await replyTo(me, question)).content).toBe('red');
  });

  it('leads back to its picture through many answers that carry no button', async () => {
    const { me, discord, mention } = await openStage(backend, {
      limits: { messageRate: { requests: 100, windowMs: 5_000 } },
    });
    const { world, channelId: parentId } = discord;
    const parent = world.channels.get(parentId) as APITextChannel;
    const { id: channelId } = startThreadIn(
      world,
      parent,
      me.user.id,
      { name: 'people' },
      ChannelType.PublicThread,
    );
    const image = me.post({ channelId, files: [await picture('rocket')] });
    let replied = image.id;
    for (let asked = 0; asked < 8; asked += 1) {
      const question = me.post({ channelId, content: `${mention} What is this?`, replyTo: replied });
      const answer = await replyTo(me, question);
      expect(answer.content).toBe('a rocket');
      replied = answer.id;
    }
  });

  it('to an answer without a button and without a picture behind it is about the same picture', async () => {
    const { me, discord, mention } = await openStage(backend);
    const { world, channelId: parentId } = discord;
    const parent = world.channels.get(parentId) as APITextChannel;
    const { id: channelId } = startThreadIn(
      world,
      parent,
      me.user.id,
      { name: 'people' },
      ChannelType.PublicThread,
    );
    me.post({ channelId, files: [await picture('rocket')] });
    const answer = await replyTo(me, me.post({ channelId, content: `${mention} What is this?` }));
    me.post({ channelId, files: [await picture('umbrella')] });
    const question = me.post({ channelId, content: 'What color is the background?', replyTo: answer.id });
    expect((await replyTo(me, question)).content).toBe('red');
  });

  it('between people is none of its business', async () => {
    const { me, discord, mention } = await openStage(backend);
    const image = me.post({ files: [await picture('rocket')] });
    discord.addPerson('Ada').post({ content: 'What is this?', replyTo: image.id });
    const question = me.post({ content: `${mention} What is this?`, replyTo: image.id });
    await replyTo(me, question);
    expect(me.read(discord.channelId).filter(({ author }) => author.bot)).toHaveLength(1);
  });
});

describe('a mention', () => {
  it('with a picture and a question is answered about that picture', async () => {
    const { me, mention } = await openStage(backend);
    const question = me.post({
      content: `${mention} Is there an umbrella?`,
      files: [await picture('umbrella')],
    });
    expect((await replyTo(me, question)).content).toBe('yes');
  });

  it('with a picture alone gets a caption', async () => {
    const { me, mention } = await openStage(backend);
    const post = me.post({ content: mention, files: [await picture('umbrella')] });
    expect((await replyTo(me, post)).content).toBe('an umbrella and a bee on a purple background');
  });

  it('with a question alone is about the newest picture', async () => {
    const { me, mention } = await openStage(backend);
    me.post({ files: [await picture('rocket')] });
    const question = me.post(`Hey ${mention}, is there a rocket?`);
    expect((await replyTo(me, question)).content).toBe('yes');
  });

  it('where there is no picture is told how to get one', async () => {
    const { me, mention } = await openStage(backend);
    const question = me.post(`${mention} What is this?`);
    expect((await replyTo(me, question)).content).toMatch(/^I found no picture here\. Post one/);
  });
});

describe('a visual chat', () => {
  it('opens by /chat on the newest picture, and every message in it is a question', async () => {
    const { me, discord } = await openStage(backend);
    const image = me.post({ files: [await picture('rocket')] });
    const invitation = await responseTo(me, me.run('chat'));
    const threadId = threadIn(invitation);
    expect(threadId).toBe(image.id);
    const thread = discord.world.channels.get(threadId);
    expect(thread).toMatchObject({
      name: 'a rocket on a red background',
      parent_id: discord.channelId,
    });
    expect(me.read(threadId).at(-1)?.content).toMatch(/^Ask about this picture: just write/);
    const first = me.post({ channelId: threadId, content: 'What is this?' });
    expect((await replyTo(me, first)).content).toBe('a rocket');
    const second = me.post({ channelId: threadId, content: 'What color is the background?' });
    expect((await replyTo(me, second)).content).toBe('red');
  });

  it('opens by the button under an answer, once for all who press it', async () => {
    const { me, discord } = await openStage(backend);
    const other = discord.addPerson('Ada');
    me.post({ files: [await picture('rocket')] });
    const caption = await responseTo(me, me.run('caption'));
    const presses = [me, other].map((person) => responseTo(person, person.press(caption, buttonOf(caption))));
    const [first, second] = (await Promise.all(presses)).map(threadIn);
    expect(second).toBe(first);
    const again = await responseTo(me, me.run('chat'));
    expect(threadIn(again)).toBe(first);
    const intros = me.read(String(first)).filter(({ content }) => content.startsWith('Ask about'));
    expect(intros).toHaveLength(1);
  });

  it('opens on a picture handed over to /chat', async () => {
    const { me } = await openStage(backend);
    const opened = await responseTo(me, me.run('chat', { image: await picture('umbrella') }));
    const invitation = await me.waitFor(({ id, content }) => id === opened.id && content.includes('<#'));
    expect(invitation.attachments).toHaveLength(1);
    const question = me.post({ channelId: threadIn(invitation), content: 'Is there an umbrella?' });
    expect((await replyTo(me, question)).content).toBe('yes');
  });

  it('says in the thread that it is open already', async () => {
    const { me } = await openStage(backend);
    me.post({ files: [await picture('rocket')] });
    const threadId = threadIn(await responseTo(me, me.run('chat')));
    const answer = await responseTo(me, me.run('chat', {}, threadId));
    expect(answer.content).toMatch(/just ask/);
  });
});

describe('direct messages', () => {
  it('caption a picture, then answer what is asked about the newest', async () => {
    const { me } = await openStage(backend);
    const channelId = me.directMessages();
    const image = me.post({ channelId, files: [await picture('rocket')] });
    expect((await replyTo(me, image)).content).toBe('a rocket on a red background');
    const question = me.post({ channelId, content: 'What is this?' });
    expect((await replyTo(me, question)).content).toBe('a rocket');
    const both = me.post({ channelId, content: 'What is this?', files: [await picture('umbrella')] });
    expect((await replyTo(me, both)).content).toBe('an umbrella and a bee');
    const next = me.post({ channelId, content: 'What color is the background?' });
    expect((await replyTo(me, next)).content).toBe('purple');
  });

  it('without any picture say what to do', async () => {
    const { me } = await openStage(backend);
    const question = me.post({ channelId: me.directMessages(), content: 'What is this?' });
    expect((await replyTo(me, question)).content).toMatch(/^Post a picture here first/);
  });
});
