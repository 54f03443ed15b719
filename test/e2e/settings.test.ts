// What those who manage a server decide: what happens to pictures that nobody asked about, who may ask, how often, where,
// and for how long things are kept.
import { type APIMessage, type APITextChannel, ChannelType, MessageFlags } from 'discord.js';
import { describe, expect, it, vi } from 'vitest';
import { openStore } from '../../conversation/store.ts';
import type { Person } from '../../src/playground/person.ts';
import type { OptionValues } from '../../src/playground/state/command-options.ts';
import { startThreadIn } from '../../src/playground/state/threads.ts';
import { emojiForFile } from './backends.ts';
import { openStage, picture, quickly, replyTo, responseTo, type Stage } from './stage.ts';

const backend = await emojiForFile();

const openQuickStage = () => openStage(backend, { limits: quickly });

async function set({ me }: Stage, subcommand: string, options: OptionValues = {}): Promise<string> {
  return (await responseTo(me, me.run(`settings ${subcommand}`, options))).content;
}

async function askAsks({ mention }: Stage, person: Person, channelId?: string): Promise<string> {
  const question = person.post({ channelId, content: `${mention} Is there a rocket?` });
  return (await replyTo(person, question)).content;
}

function saidBy({ me, discord }: Stage, channelId = discord.channelId): APIMessage[] {
  return me
    .read(channelId)
    .filter(({ author, flags = 0 }) => author.bot && !(flags & MessageFlags.Ephemeral));
}

describe('/settings', () => {
  it('is for those who manage the server, and only they see what it says', async () => {
    const stage = await openQuickStage();
    const { me, discord } = stage;
    const ada = discord.addPerson('Ada');
    expect(() => ada.run('settings show')).toThrow('You do not have permission to use /settings.');
    expect(() => me.run('settings show', {}, me.directMessages())).toThrow('can’t be used here');
    discord.giveRole(ada, discord.addRole('Keepers', ['ManageGuild']));
    const shown = await responseTo(ada, ada.run('settings show'));
    expect(shown.flags).toBe(MessageFlags.Ephemeral);
    expect(me.read().map(({ id }) => id)).not.toContain(shown.id);
  });

  it("shows what holds in a channel, and why: its own, else the server's, else the default", async () => {
    const stage = await openQuickStage();
    const { discord } = stage;
    const other = discord.addChannel('other');
    expect(await set(stage, 'show')).toContain('- Pictures: **Answer when asked** (the default)');
    await set(stage, 'mode', { what: 'off' });
    await set(stage, 'mode', { what: 'caption', channel: other });
    expect(await set(stage, 'show')).toContain('**Nothing: I am switched off** (decided for the server)');
    const there = await set(stage, 'show', { channel: other });
    expect(there).toContain('- Pictures: **Caption every picture, quietly** (decided for this channel)');
    expect(await set(stage, 'mode', { what: 'inherit', channel: other })).toContain(
      '**Nothing: I am switched off** (decided for the server)',
    );
  });

  it('survives a restart; what is damaged of it is told in the log, and the defaults hold', async () => {
    const stage = await openQuickStage();
    await set(stage, 'quota', { person: 7 });
    await stage.restartBot();
    expect(await set(stage, 'show')).toContain(
      '- Answers an hour to a person: **7** (decided for the server)',
    );
    await stage.stopBot();
    const store = openStore(`sqlite://${stage.memory}`);
    await store.namespace('settings').set(stage.discord.guildId, { server: { mode: 'loud' }, channels: {} });
    await store.close();
    await stage.restartBot();
    expect(await set(stage, 'show')).toContain('- Answers an hour to a person: **no limit** (the default)');
    expect(stage.log.lines).toContainEqual(
      expect.objectContaining({
        level: 'warn',
        message: "A server's settings are damaged, so the defaults hold there.",
      }),
    );
  });

  it('asks for what it needs', async () => {
    const stage = await openQuickStage();
    expect(await set(stage, 'who', { change: 'allow' })).toBe('Name a `role` or a `person`.');
    expect(await set(stage, 'quota')).toBe('Give a number for `person`, for `server`, or for both.');
  });
});

describe('where the bot is switched off', () => {
  it('says so to whoever asks, and leaves everything else alone', async () => {
    const stage = await openQuickStage();
    const { me } = stage;
    me.post({ files: [await picture('rocket')] });
    await set(stage, 'mode', { what: 'off' });
    const off =
      'I am switched off on this server. Somebody who manages the server can change that with `/settings mode`.';
    expect(await askAsks(stage, me)).toBe(off);
    expect((await responseTo(me, me.run('caption'))).content).toBe(off);
    await set(stage, 'mode', { what: 'asked' });
    expect(await askAsks(stage, me)).toBe('yes');
  });
});

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
    const asked = me.post({ content: `${mention} Is there a bee?`, files: [await picture('umbrella')] });
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

describe('who may use the bot', () => {
  it('is everybody, or who is named or has a role that is named', async () => {
    const stage = await openQuickStage();
    const { me, discord } = stage;
    const [ada, bob, eve] = [discord.addPerson('Ada'), discord.addPerson('Bob'), discord.addPerson('Eve')];
    const role = discord.addRole('Painters');
    discord.giveRole(ada, role);
    me.post({ files: [await picture('rocket')] });
    expect(await askAsks(stage, eve)).toBe('yes');
    await set(stage, 'who', { change: 'allow', role });
    await set(stage, 'who', { change: 'allow', person: bob.user.id });
    expect(await askAsks(stage, ada)).toBe('yes');
    expect(await askAsks(stage, bob)).toBe('yes');
    const refusal = `Here I answer people with the role <@&${role}> only. Somebody who manages the server can let you ask with \`/settings who\`.`;
    expect(await askAsks(stage, eve)).toBe(refusal);
    expect((await responseTo(eve, eve.run('caption'))).content).toBe(refusal);
    expect((await responseTo(eve, eve.run('privacy'))).content).toMatch(/^I look at a picture of yours/);
    await set(stage, 'who', { change: 'everybody' });
    expect(await askAsks(stage, eve)).toBe('yes');
  });

  it('may differ in a channel', async () => {
    const stage = await openQuickStage();
    const { me, discord } = stage;
    const eve = discord.addPerson('Eve');
    const other = discord.addChannel('other');
    me.post({ files: [await picture('rocket')] });
    me.post({ channelId: other, files: [await picture('rocket')] });
    await set(stage, 'who', { change: 'allow', person: me.user.id });
    await set(stage, 'who', { change: 'everybody', channel: other });
    expect(await askAsks(stage, eve)).toMatch(/^Here I answer some people only/);
    expect(await askAsks(stage, eve, other)).toBe('yes');
  });
});

describe('a quota', () => {
  it('of a person is theirs alone, and the refusal says when the next answer is free', async () => {
    const stage = await openQuickStage();
    const { me, discord } = stage;
    const ada = discord.addPerson('Ada');
    await set(stage, 'quota', { person: 2 });
    // A refusal for want of a picture costs nothing.
    expect(await askAsks(stage, ada)).toMatch(/^I found no picture here/);
    me.post({ files: [await picture('rocket')] });
    expect(await askAsks(stage, ada)).toBe('yes');
    const first = Date.now();
    expect(await askAsks(stage, ada)).toBe('yes');
    const refusal = await askAsks(stage, ada);
    const at = /^That is all that you have for this hour: 2 answers\. Ask again <t:(\d+):R>\.$/.exec(
      refusal,
    )?.[1];
    expect(Math.abs(Number(at) * 1000 - first - 60 * 60 * 1000)).toBeLessThan(60_000);
    expect(await askAsks(stage, me)).toBe('yes');
    const realNow = Date.now();
    const now = vi.spyOn(Date, 'now').mockImplementation(() => realNow + 61 * 60 * 1000);
    try {
      expect(await askAsks(stage, ada)).toBe('yes');
    } finally {
      now.mockRestore();
    }
  });

  it('holds on after a restart, and what failed still costs nothing', async () => {
    const stage = await openQuickStage();
    const { me, mention } = stage;
    await set(stage, 'quota', { person: 1 });
    const broken = { name: 'broken.png', bytes: Buffer.from('no picture') };
    const failed = me.post({ content: `${mention} Is there a rocket?`, files: [broken] });
    expect((await replyTo(me, failed)).content).toMatch(/^The file is not an image/);
    await stage.restartBot();
    me.post({ files: [await picture('rocket')] });
    expect(await askAsks(stage, me)).toBe('yes');
    const refusal = await askAsks(stage, me);
    expect(refusal).toMatch(/^That is all that you have for this hour: 1 answer\./);
    await stage.restartBot();
    expect(await askAsks(stage, me)).toBe(refusal);
  });

  it('of a server is for all', async () => {
    const stage = await openQuickStage();
    const { me, discord } = stage;
    const ada = discord.addPerson('Ada');
    me.post({ files: [await picture('rocket')] });
    await set(stage, 'quota', { server: 1 });
    expect(await askAsks(stage, ada)).toBe('yes');
    expect((await responseTo(me, me.run('caption'))).content).toMatch(
      /^That is all that this server has for this hour: 1 answer\. Ask again <t:\d+:R>\.$/,
    );
  });
});

describe('age-restricted channels', () => {
  it.each([
    ['anywhere', 'yes', 'yes'],
    ['only', /^On this server I look at pictures in age-restricted channels only/, 'yes'],
    ['never', 'yes', /^On this server I look at no pictures in age-restricted channels/],
  ])('are treated by the rule "%s"', async (rule, usual, restricted) => {
    const stage = await openQuickStage();
    const { me, discord } = stage;
    const club = discord.addChannel('club', true);
    me.post({ files: [await picture('rocket')] });
    me.post({ channelId: club, files: [await picture('rocket')] });
    await set(stage, 'nsfw', { rule });
    expect(await askAsks(stage, me)).toMatch(usual);
    expect(await askAsks(stage, me, club)).toMatch(restricted);
  });
});

describe('retention', () => {
  async function keptIn({ memory }: Stage, age = 0) {
    const store = openStore(`sqlite://${memory}`);
    const names = ['conversations', 'features', 'picture-notes'];
    const counts: number[] = [];
    for (const name of names) {
      const records = store.namespace(name);
      let count = 0;
      for await (const [key, value] of records.iterator?.(undefined) ?? []) {
        count += 1;
        // As if it had been kept so long ago.
        const text = JSON.stringify(value).replaceAll(
          /"at":"[^"]+"/g,
          `"at":"${new Date(Date.now() - age).toISOString()}"`,
        );
        if (age > 0) await records.set(key, JSON.parse(text));
      }
      counts.push(count);
    }
    await store.close();
    return counts;
  }
  const dayMs = 24 * 60 * 60 * 1000;

  it('removes turns and what was seen after so many days, also at a start', async () => {
    const stage = await openQuickStage();
    const { me, mention } = stage;
    me.post({ files: [await picture('rocket')] });
    await askAsks(stage, me);
    const direct = { channelId: me.directMessages(), content: 'Is there a bee?' };
    await replyTo(me, me.post({ ...direct, files: [await picture('umbrella')] }));
    await set(stage, 'retention', { days: 2 });
    await stage.stopBot();
    expect(await keptIn(stage, 3 * dayMs)).toEqual([2, 2, 2]);
    await stage.restartBot();
    await stage.stopBot();
    expect(await keptIn(stage)).toEqual([1, 1, 1]);
    await stage.restartBot();
    const question = me.post(`${mention} Is there a bee?`);
    expect((await replyTo(me, question)).content).toBe('no');
  });

  it('leaves what is younger, and removes the rest at once when it is shortened', async () => {
    const stage = await openQuickStage();
    const { me } = stage;
    me.post({ files: [await picture('rocket')] });
    await askAsks(stage, me);
    await stage.stopBot();
    await keptIn(stage, 3 * dayMs);
    await stage.restartBot();
    await set(stage, 'retention', { days: 4 });
    expect(await keptIn(stage)).toEqual([1, 1, 1]);
    await set(stage, 'retention', { days: 2 });
    expect(await keptIn(stage)).toEqual([0, 0, 0]);
  });
});
