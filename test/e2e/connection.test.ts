// Joining Discord: with and without the content intent, with a wrong token, and after the connection broke.

import { describe, expect, it, onTestFinished } from 'vitest';
import { commands, messageCommands } from '../../commands/index.ts';
import type { Conversations } from '../../conversation/conversations.ts';
import { openStore } from '../../conversation/store.ts';
import { type BotOptions, createBot } from '../../src/bot.ts';
import { AnsweredMessages } from '../../src/catch-up/answered-messages.ts';
import { ConnectError } from '../../src/connect.ts';
import type { OpenPreferences } from '../../src/preferences/open-preferences.ts';
import { startLocalDiscord } from '../support/local-discord.ts';
import { silentLog } from '../support/logs.ts';
import { emojiForFile } from './backends.ts';
import { openStage, picture, replyTo, responseTo, threadIn } from './stage.ts';

const backend = await emojiForFile();

describe('without the message content intent', () => {
  const privileged = { messageContent: false };

  it('the bot starts and says in one line what it cannot do, and where to switch the intent on', async () => {
    const { log } = await openStage(backend, { privileged });
    const warnings = log.lines.filter(({ level }) => level === 'warn');
    expect(warnings).toHaveLength(1);
    expect(warnings[0]?.message).toMatch(/Message Content intent is off.*Privileged Gateway Intents/);
  });

  it('it answers mentions, direct messages and commands', async () => {
    const { me, mention } = await openStage(backend, { privileged });
    const question = me.post({ content: `${mention} What is this?`, files: [await picture('rocket')] });
    expect((await replyTo(me, question)).content).toBe('a rocket');
    const channelId = me.directMessages();
    const direct = me.post({ channelId, files: [await picture('umbrella')] });
    expect((await replyTo(me, direct)).content).toBe('an umbrella and a bee on a purple background');
    const answer = await responseTo(me, me.run('caption', { image: await picture('strawberry') }));
    expect(answer.content).toBe('a strawberry and a star on a white background');
  });

  it('it says why it does not see a picture', async () => {
    const { me, mention } = await openStage(backend, { privileged });
    const image = me.post({ files: [await picture('rocket')] });
    const answer = await responseTo(me, me.run('caption'));
    expect(answer.content).toMatch(
      /^I found no picture here\. Discord doesn't show .*Message Content intent is off\. Post one/,
    );
    const question = me.post({ content: `${mention} What is this?`, replyTo: image.id });
    expect((await replyTo(me, question)).content).toMatch(/Message Content intent is off/);
  });

  it('it says that it cannot read a reply without its ping, and answers nothing else', async () => {
    const { me, mention } = await openStage(backend, { privileged });
    const asked = me.post({ content: `${mention} What is this?`, files: [await picture('rocket')] });
    const answer = await replyTo(me, asked);
    const content = 'What color is the background?';
    const silent = me.post({ content, replyTo: answer.id, mentionAuthor: false });
    expect((await replyTo(me, silent)).content).toMatch(/^Discord doesn't show me messages .*Mention me/);
    const pinging = me.post({ content, replyTo: answer.id });
    expect((await replyTo(me, pinging)).content).toBe('red');
  });

  it('a visual chat goes on by mentions, and its first line says so', async () => {
    const { me, mention } = await openStage(backend, { privileged });
    const opened = await responseTo(me, me.run('chat', { image: await picture('rocket') }));
    const threadId = threadIn(
      await me.waitFor(({ id, content }) => id === opened.id && content.includes('<#')),
    );
    expect(me.read(threadId).at(-1)?.content).toMatch(/mention me in each message/);
    me.post({ channelId: threadId, content: 'What is this?' });
    const question = me.post({ channelId: threadId, content: `${mention} What color is the background?` });
    expect((await replyTo(me, question)).content).toBe('red');
    expect(me.read(threadId).filter(({ message_reference: to }) => to?.channel_id === threadId)).toHaveLength(
      1,
    );
  });
});

describe('a connection', () => {
  it('that breaks and is resumed loses no question', async () => {
    const { me, mention, discord } = await openStage(backend);
    discord.gateway.cut();
    const question = me.post({ content: `${mention} What is this?`, files: [await picture('rocket')] });
    expect((await replyTo(me, question)).content).toBe('a rocket');
  });

  it('that begins anew finds the picture that it missed', async () => {
    const { me, mention, discord } = await openStage(backend);
    me.post({ files: [await picture('umbrella')] });
    await replyTo(me, me.post(`${mention} What is this?`));
    const back = discord.waitForEvent('bot', ({ online }) => online, 15_000);
    discord.gateway.forgetSessions();
    discord.gateway.cut();
    me.post({ files: [await picture('rocket')] });
    await back;
    const answer = await responseTo(me, me.run('caption'));
    expect(answer.content).toBe('a rocket on a red background');
  });

  it.each([
    [4004, /^Discord rejected the token in DISCORD_TOKEN\. Copy it again/],
    [4013, /^Discord closed .* 4013 \(InvalidIntents\)\. Install the newest blipcord\.$/],
    [
      4014,
      /^Discord closed .* 4014 \(DisallowedIntents\)\. Start again, and I tell which intent was switched off\.$/,
    ],
  ])('that Discord ends for good with code %i is told with what to do', async (code, sentence) => {
    const { api, token, discord } = await startLocalDiscord();
    const bot = lonelyBot({ api, token });
    onTestFinished(() => bot.stop());
    await bot.start();
    discord.gateway.cut(code);
    const error = await bot.closed;
    expect(error).toBeInstanceOf(ConnectError);
    expect(error.message).toMatch(sentence);
  });

  it('with a wrong token is one clear sentence', async () => {
    const { api } = await startLocalDiscord();
    const bot = lonelyBot({ api, token: 'MTIz.wrong.token' });
    await expect(bot.start()).rejects.toThrow(
      new ConnectError(
        'Discord rejected the token in DISCORD_TOKEN. Copy it again from https://discord.com/developers/applications: your application, Bot, Reset Token.',
      ),
    );
  });

  it('for the development of a server that it is not in is one clear sentence', async () => {
    const { api, token } = await startLocalDiscord();
    const bot = lonelyBot({ api, token, developmentGuild: '123456789012345678' });
    onTestFinished(() => bot.stop());
    await expect(bot.start()).rejects.toThrow(
      'BLIPCORD_GUILD is "123456789012345678", and the bot is not in that server. Invite it there, or name a server that it is in.',
    );
  });

  it('that can not be had is one clear sentence', async () => {
    const bot = lonelyBot({ api: 'http://127.0.0.1:9/api', token: 'MTIz.some.token' });
    await expect(bot.start()).rejects.toThrow(/^Could not connect to Discord: .* Check the network/);
  });
});

describe('the slash commands', () => {
  it('are registered when the bot first comes, and left alone when it comes again', async () => {
    const stage = await openStage(backend);
    const names = [...stage.discord.world.commands.values()].map(({ name }) => name);
    expect(names).toEqual([...commands, ...messageCommands].map(({ data }) => data.name));
    await stage.restartBot();
    const lines = stage.log.lines
      .map(({ message }) => message)
      .filter((line) => line.includes('slash commands'));
    expect(lines).toEqual(['Registered the slash commands', 'The slash commands are registered already']);
  });

  it.each(['GET', 'PUT'])('are registered although Discord fails each %s for a while', async (method) => {
    const { discord } = await openStage(backend, {
      before: (fresh) => fresh.fail({ method, path: /\/commands$/, status: 503, times: 4 }),
    });
    expect(discord.world.commands.size).toBe(commands.length + messageCommands.length);
  });

  it('can be registered in one guild alone', async () => {
    const stage = await openStage(backend, { developmentGuild: true });
    const registered = [...stage.discord.world.commands.values()];
    expect(new Set(registered.map(({ guild_id }) => guild_id))).toEqual(new Set([stage.discord.guildId]));
    await stage.restartBot();
    expect(stage.log.lines.map(({ message }) => message)).toContain(
      'The slash commands are registered already',
    );
  });
});

function lonelyBot(options: Pick<BotOptions, 'api' | 'token' | 'developmentGuild'>) {
  const conversations = {} as Conversations;
  const preferences = { retention: { sweep: async () => {} } } as unknown as OpenPreferences;
  const store = openStore('memory:');
  const answered = new AnsweredMessages(store, silentLog);
  const limits = { maxImageBytes: 1, fetchTimeoutMs: 1 };
  return createBot({ ...options, ...limits, conversations, preferences, answered, store, log: silentLog });
}

it('hears a question that its own reading of the channel overtook while the connection was cut', async () => {
  const { me, discord } = await openStage(backend, {
    limits: { messageRate: { requests: 100, windowMs: 1000 } },
  });
  me.post({ files: [await picture('rocket')] });
  const channelId = threadIn(await responseTo(me, me.run('chat')));
  const first = me.post({ channelId, content: 'What is this?' });
  discord.gateway.cut();
  const second = me.post({ channelId, content: 'What color is the background?' });
  expect((await replyTo(me, first)).content).toBe('a rocket');
  expect((await replyTo(me, second)).content).toBe('red');
});
