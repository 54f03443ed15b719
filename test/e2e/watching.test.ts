// Channels in which something happens to every picture that people post: what counts as one, and what becomes of it
// where it is too much, hidden, broken, or more than the bot may do.
import { type APIMessage, type APITextChannel, ChannelType, StickerFormatType } from 'discord.js';
import { beforeEach, describe, expect, it } from 'vitest';
import { refuseThreads } from '../../commands/settings-decisions.ts';
import { editMessage } from '../../src/playground/state/messages.ts';
import { startThreadIn } from '../../src/playground/state/threads.ts';
import type { StoredMessage } from '../../src/playground/state/world.ts';
import { deferred } from '../support/deferred.ts';
import { emojiForFile, saying, type WatchedBackend, watch } from './backends.ts';
import { set } from './decisions.ts';
import { openStage, picture, replyTo, type Stage, type StageOptions } from './stage.ts';

const model = await emojiForFile();
let backend: WatchedBackend;
beforeEach(() => {
  backend = watch(model);
});

const rocket = 'a rocket on a red background';
const withoutLimit = { messageRate: { requests: 1_000, windowMs: 5_000 } };

/** A stage on which everything is captioned, unless `what` says otherwise. */
async function openWatched(what = 'caption', options: StageOptions = {}): Promise<Stage> {
  const stage = await openStage(backend, { limits: withoutLimit, ...options });
  await set(stage, 'mode', { what });
  return stage;
}

/** Of the bot, in answer to a message. */
function repliesTo({ me }: Stage, { id, channel_id: channelId }: APIMessage): string[] {
  return me
    .read(channelId)
    .filter(({ author, message_reference: to }) => author.bot && to?.message_id === id)
    .map(({ content }) => content);
}

const notes = ({ log }: Stage) =>
  log.lines.filter(({ message }) => message.startsWith('A picture in a watched channel went without'));

function stored({ discord }: Stage, { id, channel_id }: APIMessage): StoredMessage {
  return discord.world.messages.get(channel_id)?.get(id) as StoredMessage;
}

function threadOf({ discord, me }: Stage): string {
  const parent = discord.world.channels.get(discord.channelId) as APITextChannel;
  const draft = { name: 'ours' };
  return startThreadIn(discord.world, parent, me.user.id, draft, ChannelType.PublicThread).id;
}

describe('what is captioned unasked', () => {
  it('is also a forwarded picture', async () => {
    const stage = await openWatched();
    const { me, discord } = stage;
    const posted = me.post({ channelId: me.directMessages(), files: [await picture('rocket')] });
    expect((await replyTo(me, me.forward(posted, discord.channelId))).content).toBe(rocket);
  });

  it('is also one that a link leads to, which Discord shows a moment later, once', async () => {
    const stage = await openWatched();
    const { me, discord } = stage;
    discord.addWebPicture('https://example.org/rocket.png', (await picture('rocket')).bytes);
    const linked = me.post('Look: https://example.org/rocket.png');
    expect((await replyTo(me, linked)).content).toBe(rocket);
    me.edit(linked, 'Look there: https://example.org/rocket.png');
    await replyTo(me, me.post({ files: [await picture('strawberry')] }));
    await stage.stopBot();
    expect(repliesTo(stage, linked)).toHaveLength(1);
  });

  it('is also one that an edit adds to a message', async () => {
    const stage = await openWatched();
    const { me, discord } = stage;
    const text = me.post('Wait for it');
    editMessage(discord.world, stored(stage, text), { files: [await picture('rocket')] });
    expect((await replyTo(me, text)).content).toBe(rocket);
  });

  it('is neither a sticker, nor what another bot posts', async () => {
    const stage = await openWatched();
    const { me, discord } = stage;
    const sticker = discord.addSticker('hm', StickerFormatType.PNG, (await picture('rocket')).bytes);
    const robot = discord.addPerson('Robot');
    robot.user.bot = true;
    const ignored = [me.post({ sticker }), robot.post({ files: [await picture('rocket')] })];
    await replyTo(me, me.post({ files: [await picture('strawberry')] }));
    await stage.stopBot();
    expect(ignored.flatMap((message) => repliesTo(stage, message))).toEqual([]);
    expect(notes(stage)).toEqual([]);
  });

  it('is nothing in an age-restricted channel where the server wants none looked at', async () => {
    const stage = await openWatched();
    const { me, discord } = stage;
    await set(stage, 'nsfw', { rule: 'never' });
    const club = discord.addChannel('club', true);
    const ignored = me.post({ channelId: club, files: [await picture('rocket')] });
    await replyTo(me, me.post({ files: [await picture('strawberry')] }));
    await stage.stopBot();
    expect(repliesTo(stage, ignored)).toEqual([]);
  });

  it('stays hidden where the picture is, until somebody looks', async () => {
    const stage = await openWatched();
    const { me, discord } = stage;
    const { bytes } = await picture('rocket');
    const files = [{ name: 'SPOILER_rocket.png', bytes }];
    expect((await replyTo(me, me.post({ files }))).content).toBe(`||${rocket}||`);
    await set(stage, 'mode', { what: 'thread' });
    const { id } = me.post({ files });
    const nameOf = (threadId: string) => discord.world.channels.get(threadId)?.name;
    await expect.poll(() => nameOf(id), { timeout: 10_000 }).toBe('About this picture');
  });

  it('stays hidden where the link to the picture is', async () => {
    const stage = await openWatched();
    const { me, discord } = stage;
    for (const name of ['rocket', 'strawberry'] as const) {
      discord.addWebPicture(`https://example.org/${name}.png`, (await picture(name)).bytes);
    }
    const hidden = me.post('Who wins? ||The one of https://example.org/rocket.png ||');
    expect((await replyTo(me, hidden)).content).toBe(`||${rocket}||`);
    const one = me.post('https://example.org/strawberry.png and ||https://example.org/rocket.png ||');
    expect((await replyTo(me, one)).content).toMatch(
      /^1\. a strawberry.*\n2\. \|\|a rocket on a red background\|\|$/,
    );
  });

  it('is the others of several pictures where one can not be read', async () => {
    const stage = await openWatched();
    const broken = { name: 'broken.png', bytes: Buffer.from('no picture') };
    const files = [await picture('rocket'), broken, await picture('umbrella')];
    expect((await replyTo(stage.me, stage.me.post({ files }))).content).toBe(
      `1. ${rocket}\n2. I can't read this one.\n3. an umbrella and a bee on a purple background`,
    );
  });
});

describe('a quiet caption goes', () => {
  it('with its picture, also when that is deleted while the bot is away, and leaves the others', async () => {
    const stage = await openWatched();
    const { me } = stage;
    const files = [await picture('rocket')];
    const [first, second, third] = [me.post({ files }), me.post({ files }), me.post({ files })];
    for (const message of [first, second, third]) await replyTo(me, message);
    me.delete(first);
    await expect.poll(() => repliesTo(stage, first)).toEqual([]);
    await stage.stopBot();
    me.delete(second);
    await stage.restartBot();
    await expect.poll(() => repliesTo(stage, second), { timeout: 10_000 }).toEqual([]);
    expect(repliesTo(stage, third)).toEqual([rocket]);
  });

  it('when its picture is taken off the message', async () => {
    const stage = await openWatched();
    const { me, discord } = stage;
    const message = me.post({ content: 'Look', files: [await picture('rocket')] });
    await replyTo(me, message);
    editMessage(discord.world, stored(stage, message), { keepAttachments: [] });
    await expect.poll(() => repliesTo(stage, message)).toEqual([]);
  });
});

describe('many pictures and a slow model', () => {
  /** Says "slow" to captions once the test lets it, and answers questions at once. */
  function slowly() {
    const go = deferred();
    const begun: string[] = [];
    const slow = saying(model, async ({ prompt, signal }) => {
      begun.push(prompt);
      if (prompt !== '') return 'yes';
      const aborted = new Promise<never>((_, reject) =>
        signal?.addEventListener('abort', () => reject(signal.reason)),
      );
      await Promise.race([go.promise, aborted]);
      return 'slow';
    });
    return { slow, begun, go: go.resolve };
  }

  it('keep nobody who asks waiting; what is too much goes without, and the log tells', async () => {
    const { slow, begun, go } = slowly();
    const stage = await openStage(slow, { limits: withoutLimit });
    await set(stage, 'mode', { what: 'caption' });
    const { me, mention } = stage;
    const files = [await picture('rocket')];
    const posted = Array.from({ length: 40 }, () => me.post({ files }));
    await expect.poll(() => notes(stage).length, { timeout: 15_000 }).toBe(9);
    expect(notes(stage)[0]?.message).toContain('as there was too much to do');
    const question = me.post({ content: `${mention} Is there a rocket?`, files });
    expect((await replyTo(me, question)).content).toBe('yes');
    expect(begun.filter((prompt) => prompt === '')).toHaveLength(1);
    go();
    await expect
      .poll(() => posted.flatMap((message) => repliesTo(stage, message)).length, { timeout: 15_000 })
      .toBeGreaterThan(3);
  });

  it('wait while somebody who asked does', async () => {
    const asked = deferred();
    const answer = deferred<string>();
    const prompts: string[] = [];
    const slow = saying(model, ({ prompt }) => {
      prompts.push(prompt);
      if (prompt === '') return 'a caption';
      asked.resolve();
      return answer.promise;
    });
    const stage = await openStage(slow, { limits: withoutLimit });
    const { me, mention } = stage;
    const files = [await picture('rocket')];
    const question = me.post({ content: `${mention} Is there a rocket?`, files });
    await asked.promise;
    await set(stage, 'mode', { what: 'caption' });
    const unasked = me.post({ files });
    await set(stage, 'show');
    expect(prompts).toHaveLength(1);
    answer.resolve('yes');
    await replyTo(me, question);
    expect((await replyTo(me, unasked)).content).toBe('a caption');
  });

  it('hold up no stop, and are taken up after the next start', async () => {
    const { slow, begun, go } = slowly();
    const stage = await openStage(slow, { limits: withoutLimit });
    await set(stage, 'mode', { what: 'caption' });
    const { me } = stage;
    const files = [await picture('rocket')];
    const posted = [1, 2, 3].map(() => me.post({ files }));
    await expect.poll(() => begun.length, { timeout: 10_000 }).toBe(1);
    await stage.stopBot();
    expect(posted.flatMap((message) => repliesTo(stage, message))).toEqual([]);
    go();
    await stage.restartBot();
    for (const message of posted) expect((await replyTo(me, message)).content).toBe('slow');
    await stage.stopBot();
    expect(posted.flatMap((message) => repliesTo(stage, message))).toHaveLength(3);
  });
});

describe('where the bot lacks a permission for it', () => {
  it('whoever decided so is told once, and no picture is looked at', async () => {
    const stage = await openWatched();
    const { me, discord } = stage;
    const ada = discord.addPerson('Ada');
    discord.denyBot(discord.channelId, ['SendMessages']);
    const files = [await picture('rocket')];
    const ignored = [ada.post({ files })];
    const told = await me.waitFor(({ content }) => content.startsWith("I can't do in"), 15_000);
    expect(told.channel_id).toBe(me.directMessages());
    expect(told.content).toBe(
      `I can't do in <#${discord.channelId}> what you decided for pictures there: I lack Send Messages. Grant that to my role, or decide otherwise with \`/settings mode\`.`,
    );
    await stage.restartBot();
    ignored.push(ada.post({ files }));
    const other = discord.addChannel('other');
    await replyTo(me, ada.post({ channelId: other, files }));
    await stage.stopBot();
    expect(me.read(me.directMessages())).toHaveLength(1);
    expect(ignored.flatMap((message) => repliesTo(stage, message))).toEqual([]);
    expect(backend.decoded).toHaveLength(1);
  });

  it('the command says so at once', async () => {
    const stage = await openStage(backend);
    const { discord } = stage;
    discord.denyBot(discord.channelId, ['CreatePublicThreads']);
    const note = `-# I lack Create Public Threads in <#${discord.channelId}>. Grant that to my role, or nothing happens to pictures there.`;
    expect(await set(stage, 'mode', { what: 'thread' })).toContain(note);
    expect(await set(stage, 'mode', { what: 'caption' })).not.toContain('I lack');
    expect(await set(stage, 'mode', { what: 'thread', channel: discord.channelId })).toContain(note);
  });
});

describe('a thread for each picture, where none can be opened', () => {
  it('is refused for a thread, and changes nothing', async () => {
    const stage = await openStage(backend);
    const channel = threadOf(stage);
    expect(await set(stage, 'mode', { what: 'thread', channel })).toBe(
      `Messages in <#${channel}> can have no threads of their own, as in threads, forums and voice channels. Choose "Caption every picture, quietly" there, or decide this for a text channel.`,
    );
    expect(await set(stage, 'show', { channel })).toContain(
      '- Pictures: **Answer when asked** (the default)',
    );
  });

  it.each([ChannelType.GuildForum, ChannelType.GuildVoice, ChannelType.GuildStageVoice])(
    'is refused for a channel of type %s',
    (type) => {
      expect(() => refuseThreads({ id: '7', type })).toThrow('can have no threads of their own');
      expect(() => refuseThreads({ id: '7', type: ChannelType.GuildAnnouncement })).not.toThrow();
    },
  );

  it('is a quiet caption where the server decided so, which /settings show tells', async () => {
    const stage = await openWatched('thread');
    const { me, discord } = stage;
    const channelId = threadOf(stage);
    expect((await replyTo(me, me.post({ channelId, files: [await picture('rocket')] }))).content).toBe(
      rocket,
    );
    const shown = await set(stage, 'show', { channel: channelId });
    expect(shown).toContain('**Open a thread for every picture** (decided for the server)');
    expect(shown).toContain('-# No thread can be opened here: each gets a quiet caption.');
    expect(await set(stage, 'show')).not.toContain('No thread can be opened here');
    await set(stage, 'mode', { what: 'off', channel: discord.channelId });
    expect(await set(stage, 'show', { channel: channelId })).toContain(
      `**Nothing: I am switched off** (decided for <#${discord.channelId}>)`,
    );
  });
});
