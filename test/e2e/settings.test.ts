// What those who manage a server decide: whether the bot answers, whom, and where; who sees what holds.
import { type APITextChannel, ChannelType, MessageFlags } from 'discord.js';
import { describe, expect, it } from 'vitest';
import { openStore } from '../../conversation/store.ts';
import { startThreadIn } from '../../src/playground/state/threads.ts';
import { emojiForFile } from './backends.ts';
import { askAsks, set } from './decisions.ts';
import { buttonOf, chatAboutRocket, openStage, picture, quickly, replyTo, responseTo } from './stage.ts';

const backend = await emojiForFile();

const openQuickStage = () => openStage(backend, { limits: quickly });

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

  it('says so once of a message, however often that is edited', async () => {
    const stage = await openQuickStage();
    const { me, mention } = stage;
    const answered = me.post({ content: `${mention} Is there a rocket?`, files: [await picture('rocket')] });
    await replyTo(me, answered);
    await set(stage, 'mode', { what: 'off' });
    const refused = me.post(`${mention} Is there a bee?`);
    await replyTo(me, refused);
    const off = () =>
      me
        .read()
        .flatMap(({ content, message_reference: to }) =>
          content.startsWith('I am switched off') ? [to?.message_id] : [],
        );
    me.edit(answered, `${mention} Is there a star?`);
    await expect.poll(off).toEqual([refused.id, answered.id]);
    for (const edited of [refused, answered]) me.edit(edited, `${mention} Is there a cat?`);
    await askAsks(stage, me);
    await stage.stopBot();
    expect(off()).toHaveLength(3);
    await stage.restartBot();
    await set(stage, 'mode', { what: 'asked' });
    me.edit(refused, `${mention} Is there a moon?`);
    await me.waitFor(
      ({ content, message_reference: to }) => content === 'no' && to?.message_id === refused.id,
    );
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

  it('is as true of what was asked, or edited, while the bot was away', async () => {
    const stage = await openQuickStage();
    const { me, discord, mention } = stage;
    const [ada, eve] = [discord.addPerson('Ada'), discord.addPerson('Eve')];
    const role = discord.addRole('Painters');
    discord.giveRole(ada, role);
    me.post({ files: [await picture('rocket')] });
    await set(stage, 'who', { change: 'allow', role });
    const answered = ada.post(`${mention} What is this?`);
    const answer = await replyTo(ada, answered);
    await stage.stopBot();
    ada.edit(answered, `${mention} What color is the background?`);
    const [ofAda, ofEve] = [
      ada.post(`${mention} Is there a rocket?`),
      eve.post(`${mention} Is there a rocket?`),
    ];
    await stage.restartBot();
    expect((await replyTo(ada, ofAda)).content).toBe('yes');
    expect((await replyTo(eve, ofEve)).content).toMatch(/^Here I answer people with the role/);
    await ada.waitFor(({ id, content }) => id === answer.id && content === 'red', 15_000);
  });

  it('is nobody else by taking the last one off the list', async () => {
    const stage = await openQuickStage();
    const { me, discord } = stage;
    const [ada, eve] = [discord.addPerson('Ada'), discord.addPerson('Eve')];
    me.post({ files: [await picture('rocket')] });
    await set(stage, 'who', { change: 'allow', person: ada.user.id });
    expect(await set(stage, 'who', { change: 'remove', person: ada.user.id })).toMatch(
      /^Nobody would be left on the list, and then everybody could use me, so I changed nothing\. .*"Let everybody use me"/,
    );
    expect(await askAsks(stage, eve)).toMatch(/^Here I answer some people only/);
    expect(await askAsks(stage, ada)).toBe('yes');
  });

  it('is in a thread who may use it in the channel, with those that are named for the thread', async () => {
    const stage = await openQuickStage();
    const { discord } = stage;
    const [ada, bob] = [discord.addPerson('Ada'), discord.addPerson('Bob')];
    const threadId = await chatAboutRocket(stage);
    await set(stage, 'who', { change: 'allow', person: ada.user.id, channel: discord.channelId });
    const told = await set(stage, 'who', { change: 'allow', person: bob.user.id, channel: threadId });
    expect(told).toContain(`<@${ada.user.id}>, <@${bob.user.id}>`);
  });

  it('is told to others before they fill in a form', async () => {
    const stage = await openQuickStage();
    const { me, discord, mention } = stage;
    const ada = discord.addPerson('Ada');
    const question = me.post({ content: `${mention} What is this?`, files: [await picture('rocket')] });
    const answer = await replyTo(me, question);
    await set(stage, 'who', { change: 'allow', person: me.user.id });
    const used = [ada.press(answer, buttonOf(answer, 'ask')), ada.runOn(question, 'Ask about image')];
    for (const id of used) {
      expect((await responseTo(ada, id)).content).toMatch(/^Here I answer some people only/);
    }
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
    const threads = [discord.channelId, club].map((id) => {
      const parent = discord.world.channels.get(id) as APITextChannel;
      return startThreadIn(discord.world, parent, me.user.id, { name: 'ours' }, ChannelType.PublicThread).id;
    });
    for (const channelId of threads) me.post({ channelId, files: [await picture('rocket')] });
    expect(await askAsks(stage, me, threads[0])).toMatch(usual);
    expect(await askAsks(stage, me, threads[1])).toMatch(restricted);
  });
});
