// Channels in which every picture gets a caption or a thread, as a server has decided.
import { type APITextChannel, ChannelType, MessageFlags } from 'discord.js';
import { describe, expect, it } from 'vitest';
import { startThreadIn } from '../../src/playground/state/threads.ts';
import { emojiForFile } from './backends.ts';
import { askAsks, saidBy, set } from './decisions.ts';
import { openStage, picture, quickly, replyTo, responseTo } from './stage.ts';

const backend = await emojiForFile();

const openQuickStage = () => openStage(backend, { limits: quickly });

describe('a channel in which every picture is captioned', () => {
  it('gets a quiet reply for those that people post, also several at once', async () => {
    const stage = await openQuickStage();
    const { me, discord } = stage;
    await set(stage, 'mode', { what: 'caption', channel: discord.channelId });
    const ada = discord.addPerson('Ada');
    const one = await replyTo(me, ada.post({ files: [await picture('rocket')] }));
    expect(one.content).toBe('a rocket on a red background');
    expect(one.flags).toBe(MessageFlags.SuppressNotifications);
    expect(one.mentions).toEqual([]);
    const two = ada.post({ files: [await picture('rocket'), await picture('umbrella')] });
    expect((await replyTo(me, two)).content).toBe(
      '1. a rocket on a red background\n2. an umbrella and a bee on a purple background',
    );
    const question = me.post({ content: 'What color is the background?', replyTo: one.id });
    expect((await replyTo(me, question)).content).toBe('red');
  });

  it('gets none for a picture that a bot posted, that cannot be read, or whose owner opted out', async () => {
    const stage = await openQuickStage();
    const { me, discord, mention } = stage;
    await set(stage, 'mode', { what: 'caption' });
    const ada = discord.addPerson('Ada');
    await responseTo(ada, ada.run('privacy', { pictures: 'out' }));
    ada.post({ files: [await picture('rocket')] });
    const robot = discord.addPerson('Robot');
    robot.user.bot = true;
    robot.post({ files: [await picture('rocket')] });
    me.post({ files: [{ name: 'broken.png', bytes: Buffer.from('no picture') }] });
    await responseTo(me, me.run('caption', { image: await picture('strawberry') }));
    const asked = me.post({
      content: `${mention} Is there an umbrella?`,
      files: [await picture('umbrella')],
    });
    expect((await replyTo(me, asked)).content).toBe('yes');
    await stage.stopBot();
    const said = saidBy(stage).filter(({ author }) => author.id === discord.botId);
    expect(said.map(({ content }) => content)).toEqual([
      'a strawberry and a star on a white background',
      'yes',
    ]);
  });

  it('gets no second one when its message is heard again after a resume or a restart', async () => {
    const stage = await openQuickStage();
    const { me, discord } = stage;
    await set(stage, 'mode', { what: 'caption' });
    await replyTo(me, me.post({ files: [await picture('rocket')] }));
    discord.gateway.cut();
    const second = me.post({ files: [await picture('umbrella')] });
    await replyTo(me, second);
    await stage.restartBot();
    await replyTo(me, me.post({ files: [await picture('strawberry')] }));
    await stage.stopBot();
    expect(saidBy(stage)).toHaveLength(3);
  });

  it('captions what was posted while the bot was away', async () => {
    const stage = await openQuickStage();
    const { me } = stage;
    await set(stage, 'mode', { what: 'caption' });
    await stage.stopBot();
    const missed = me.post({ files: [await picture('rocket')] });
    await stage.restartBot();
    expect((await replyTo(me, missed)).content).toBe('a rocket on a red background');
  });

  it('takes its threads along', async () => {
    const stage = await openQuickStage();
    const { me, discord } = stage;
    const parent = discord.world.channels.get(discord.channelId) as APITextChannel;
    const { id } = startThreadIn(
      discord.world,
      parent,
      me.user.id,
      { name: 'ours' },
      ChannelType.PublicThread,
    );
    await set(stage, 'mode', { what: 'caption', channel: discord.channelId });
    const posted = me.post({ channelId: id, files: [await picture('rocket')] });
    expect((await replyTo(me, posted)).content).toBe('a rocket on a red background');
  });
});

describe('a channel in which every picture gets a thread', () => {
  it('opens it with the caption for a name, once, and says nothing in the channel', async () => {
    const stage = await openQuickStage();
    const { me, discord } = stage;
    await set(stage, 'mode', { what: 'thread' });
    const { id } = me.post({ files: [await picture('rocket')] });
    const threads = () =>
      [...discord.world.channels.values()].filter((channel) => 'parent_id' in channel && channel.parent_id);
    await expect
      .poll(threads, { timeout: 10_000 })
      .toMatchObject([{ id, name: 'a rocket on a red background' }]);
    await expect.poll(() => saidBy(stage, id), { timeout: 10_000 }).toHaveLength(1);
    const question = me.post({ channelId: id, content: 'What color is the background?' });
    expect((await replyTo(me, question)).content).toBe('red');
    await stage.restartBot();
    expect(await askAsks(stage, me)).toBe('yes');
    expect(threads()).toHaveLength(1);
    expect(saidBy(stage)).toHaveLength(1);
  });
});
