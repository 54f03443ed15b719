// Finding one's way: /help, /status, and the hello in a new server.
import { InteractionContextType, Locale } from 'discord.js';
import { describe, expect, it } from 'vitest';
import { commands, messageCommands } from '../../commands/index.ts';
import type { Backend } from '../../models/backend.ts';
import { problem } from '../../models/problems.ts';
import { deferred } from '../support/deferred.ts';
import { emojiForFile, saying } from './backends.ts';
import { ask, chatAboutRocket, openStage, picture, replyTo, responseTo, type Stage } from './stage.ts';

const backend = await emojiForFile();

async function say({ me }: Stage, command: string, channelId?: string): Promise<string> {
  return (await responseTo(me, me.run(command, {}, channelId))).content;
}

describe('/help', () => {
  it('shows examples for the place where it is asked, and every command there is', async () => {
    const stage = await openStage(backend);
    const threadId = await chatAboutRocket(stage);
    const [inChannel, inThread, direct] = [
      await say(stage, 'help'),
      await say(stage, 'help', threadId),
      await say(stage, 'help', stage.me.directMessages()),
    ];
    expect(inChannel).toContain('Post a picture with `@blipcord What is this?`');
    expect(inThread).toContain('Just write: `What is this?`');
    expect(direct).toContain('Here between us');
    for (const text of [inChannel, inThread, direct]) {
      const isThere = ({ contexts }: (typeof commands)[number]['data']) =>
        text !== direct || contexts?.includes(InteractionContextType.BotDM);
      for (const { data } of commands) expect(text.includes(`\`/${data.name}\` `)).toBe(isThere(data));
      for (const { data } of messageCommands) expect(text).toContain(`*${data.name}*`);
    }
  });

  it('names only commands that there are', async () => {
    const stage = await openStage(backend);
    const threadId = await chatAboutRocket(stage);
    const text = (await say(stage, 'help')) + (await say(stage, 'help', threadId));
    const named = [...text.matchAll(/`\/(\w+)/g)].map(([, name]) => name);
    const known = commands.map(({ data }) => data.name);
    expect(named.filter((name) => !known.includes(String(name)))).toEqual([]);
  });

  it('whose examples do what they say', async () => {
    const stage = await openStage(backend);
    const { me, mention } = stage;
    const question = me.post({ content: `${mention} What is this?`, files: [await picture('rocket')] });
    expect((await replyTo(me, question)).content).toBe('a rocket');
    const asked = await responseTo(me, me.run('ask', { question: 'What color is it?' }));
    expect(asked.content).toContain('> What color is it?');
  });

  it('asks for mentions where the bot reads nothing else', async () => {
    const stage = await openStage(backend, { privileged: { messageContent: false } });
    expect(await say(stage, 'help')).toContain('leave the ping of your reply on');
  });
});

describe('/status', () => {
  it('tells model, device, uptime, memory and the time that answers take', async () => {
    const stage = await openStage(backend);
    const before = await say(stage, 'status');
    expect(before).toContain('**Model** emoji');
    expect(before).toContain('**Device** cpu, computing in f32, weights in f16');
    expect(before).toContain('**Answers since the start** none yet');
    expect(before).toMatch(/\*\*Up since\*\* <t:\d+:R>/);
    expect(before).toMatch(/\*\*Discord\*\* (not measured yet|\d+ ms)/);
    expect(before).toMatch(/\*\*Memory in use\*\* \d+ MiB/);
    const threadId = await chatAboutRocket(stage);
    await ask(stage, threadId, 'What is this?');
    expect(await say(stage, 'status')).toMatch(
      /\*\*Answers since the start\*\* 2, half of them within (?!0 )[\d.]+ s \(p50\), 19 of 20 within [\d.]+ s \(p95\)/,
    );
  });

  it('tells how much of the model its device really holds, and why it is no other one', async () => {
    const device = {
      device: 'webgpu',
      precision: 'f16',
      nodes: { webgpu: { MatMul: 30, Softmax: 8 }, cpu: { Concat: 2 } },
      fallbacks: [problem('deviceWithoutCard', { device: 'cuda' })],
    } as const;
    const { storedIn: _, ...info } = backend.info;
    const onWebGpu = { ...saying(backend, () => 'a rocket'), info: { ...info, device } };
    const told = await say(await openStage(onWebGpu), 'status');
    expect(told).toContain(
      '**Device** webgpu in f16\n' +
        '-# Of the 40 nodes of its graphs, that device holds 38.\n' +
        '-# cuda is not used: this machine shows no NVIDIA card.',
    );
  });

  it('counts the answers that are being made or wait', async () => {
    const thinking = deferred<string>();
    const stage = await openStage(saying(backend, () => thinking.promise));
    const { me, mention, discord } = stage;
    const typing = discord.waitForEvent('typing');
    const questions = [
      me.post({ content: `${mention} What is this?`, files: [await picture('rocket')] }),
      me.post({ content: `${mention} What is this?`, files: [await picture('umbrella')] }),
    ];
    await typing;
    await expect.poll(() => say(stage, 'status')).toContain('**Answers being made or waiting** 2');
    thinking.resolve('a rocket');
    await Promise.all(questions.map((question) => replyTo(me, question)));
    expect(await say(stage, 'status')).toContain('**Answers being made or waiting** 0');
  });

  it('says why a better device is not in use', async () => {
    const { info } = backend;
    const fallbacks = [problem('deviceFails', { device: 'webgpu', reason: 'no adapter.' })];
    const slow: Backend = {
      ...saying(backend, () => ''),
      info: { ...info, device: { ...info.device, fallbacks } },
    };
    const stage = await openStage(slow);
    expect(await say(stage, 'status')).toContain('-# webgpu is not used: no adapter.');
    stage.me.speak(Locale.German);
    expect(await say(stage, 'status')).toContain('-# webgpu wird nicht benutzt: no adapter.');
  });

  it.each([
    [{ storedIn: 'bf16' }, '**Device** cpu, computing in f32, weights in bf16'],
    [{ weights: 'int4' as const }, '**Device** cpu, computing in f32, weights in int4'],
  ])('says what the weights are kept in: %o', async (weights, line) => {
    const { storedIn: _, ...info } = backend.info;
    const stage = await openStage({ ...saying(backend, () => ''), info: { ...info, ...weights } });
    expect((await say(stage, 'status')).split('\n')).toContain(line);
  });
});

describe('a server that the bot joins', () => {
  const isHello = ({ content }: { content: string }) => content.startsWith('**Hello! I look at pictures');

  it('is told in its system channel how to begin, once, also after a restart', async () => {
    const stage = await openStage(backend);
    const { me, discord } = stage;
    const channelId = discord.addChannel('welcome');
    discord.world.guild.systemChannelId = channelId;
    discord.removeBot();
    discord.inviteBot();
    const hello = await me.waitFor(isHello);
    expect(hello.channel_id).toBe(channelId);
    expect(hello.content).toMatch(
      /1\. Post a picture .*\n2\. Whoever manages .*`\/settings`.*\n3\. Whoever does not want/,
    );
    await stage.restartBot();
    // A second one would fail; by its nonce alone Discord would keep it back for some minutes only.
    discord.fail({ method: 'POST', path: /\/messages$/, status: 403 });
    discord.removeBot();
    discord.inviteBot();
    await say(stage, 'status');
    await stage.stopBot();
    expect(stage.log.lines.filter(({ level }) => level === 'warn')).toEqual([]);
    expect(me.read(channelId).filter(isHello)).toHaveLength(1);
  });

  it('is told at the next start when it was added while the bot was away, once', async () => {
    const stage = await openStage(backend, { before: (discord) => discord.removeBot() });
    const { me, discord } = stage;
    await stage.stopBot();
    discord.inviteBot();
    await stage.restartBot();
    await me.waitFor(isHello);
    await stage.restartBot();
    await say(stage, 'status');
    await stage.stopBot();
    expect(me.read().filter(isHello)).toHaveLength(1);
  });

  it('is told when it was added while a session was lost', async () => {
    const { me, discord } = await openStage(backend, { before: (world) => world.removeBot() });
    discord.gateway.forgetSessions();
    discord.gateway.cut();
    discord.inviteBot();
    expect((await me.waitFor(isHello, 15_000)).channel_id).toBe(discord.channelId);
  });

  it('is told in the first channel where the bot may write, and what it lacks', async () => {
    const { me, discord } = await openStage(backend);
    const channelId = discord.addChannel('third');
    const [first = '', second = ''] = [...discord.world.channels.keys()];
    discord.denyBot(first, ['SendMessages']);
    discord.denyBot(second, ['ViewChannel']);
    discord.denyBot(channelId, ['AttachFiles']);
    discord.removeBot();
    discord.inviteBot();
    const hello = await me.waitFor(isHello);
    expect(hello.channel_id).toBe(channelId);
    expect(hello.content).toContain('2. I lack Send Messages in #pictures');
    expect(hello.content).toContain('Attach Files in #third');
  });

  it('hears nothing when the bot merely starts, or comes back after an outage', async () => {
    const stage = await openStage(backend);
    stage.discord.loseGuild();
    await stage.restartBot();
    await say(stage, 'status');
    await stage.stopBot();
    expect(stage.me.read().filter(isHello)).toEqual([]);
  });
});
