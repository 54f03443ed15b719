// The program as npm start runs it: compiled, in a process of its own.
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import type { PageState } from '../../src/playground/page-api.ts';
import { startLocalDiscord } from '../support/local-discord.ts';

const launcher = join(import.meta.dirname, '..', '..', 'src', 'setup', 'cli.mjs');

describe('npm start without a token', { timeout: 60_000 }, () => {
  it('prints the address of a page with the bot online, what it runs on, and ends cleanly', async () => {
    const program = start({ PORT: '0' });
    const [address] = await program.prints(/http:\/\/127\.0\.0\.1:\d+/);
    await program.prints(/Model +emoji on \w+ in f(16|32)\n +Memory +memory:\n +Window +512 tokens\n/);
    const state = (await (await fetch(`${address}/page/state`)).json()) as {
      bot: object;
      commands: object[];
    };
    expect(state.bot).toMatchObject({ online: true });
    for (const name of ['caption', 'chat'])
      expect(state.commands).toContainEqual(expect.objectContaining({ name }));
    expect((await fetch(`${address}/`)).headers.get('content-type')).toContain('text/html');

    program.process.kill('SIGTERM');
    expect(await program.exit()).toEqual({ code: 0, signal: null });
    await expect(fetch(`${address}/`)).rejects.toThrow();
  });

  it('ends cleanly when its terminal is closed', async () => {
    const program = start({ PORT: '0' });
    await program.prints(/Memory/);
    program.process.kill('SIGHUP');
    expect(await program.exit()).toEqual({ code: 0, signal: null });
  });

  it('ends at once on a second signal', async () => {
    const program = start({ PORT: '0' });
    await program.prints(/Memory/);
    program.process.kill('SIGINT');
    await program.complains(/Ctrl\+C again/);
    program.process.kill('SIGINT');
    const { code, signal } = await program.exit();
    // It may have ended by itself already.
    expect(signal === 'SIGINT' || code === 0).toBe(true);
  });

  it('says in one sentence that the port is taken', async () => {
    const other = createServer().listen(0, '127.0.0.1');
    onTestFinished(() => void other.close());
    await once(other, 'listening');
    const { port } = other.address() as AddressInfo;
    const program = start({ PORT: String(port) });
    expect(await program.exit()).toEqual({ code: 2, signal: null });
    expect(program.stderr()).toMatch(new RegExp(`^Port ${port} .*is taken\\. Set PORT to another one`, 'm'));
    expect(program.stderr()).not.toMatch(/\n {4}at /);
  });

  it('reports every wrong setting at once', async () => {
    const program = start({ PORT: 'here', BLIPCORD_DEVICE: 'cudaa' });
    expect(await program.exit()).toEqual({ code: 2, signal: null });
    const problems = program.stderr().match(/^[A-Z_]+ is .*$/gm);
    expect(problems?.sort()).toEqual([
      'BLIPCORD_DEVICE is "cudaa". Use one of: auto, cpu, webgpu, cuda, cuda:N (card N, from 0), directml, coreml.',
      'PORT is "here". Use a whole number from 0 to 65535.',
    ]);
  });
});

describe('npm start after a kill', { timeout: 90_000 }, () => {
  it('goes on in the thread that it was in, with the memory that it had', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'blipcord-start-'));
    const settings = { PORT: '0', BLIPCORD_STORE: `sqlite://${folder}/memory.sqlite`, BLIPCORD_LOG: 'debug' };
    const first = start(settings);
    const before = await openPage(first);
    const [channel, chat] = await before.places('chat');
    const bytes = await readFile(join(import.meta.dirname, '..', 'goldens', 'emoji', 'scene3.png'));
    await before.post(`channels/${channel}/messages`, { content: '' }, new Blob([bytes]));
    await before.post('interactions', { kind: 'command', channelId: channel, commandId: chat, options: [] });
    const thread = await before.thread();
    await before.post(`channels/${thread}/messages`, { content: 'What is this?' });
    await before.shows(thread, 'a rocket');
    first.process.kill('SIGKILL');
    await first.exit();

    const second = start(settings);
    const after = await openPage(second);
    await after.post(`channels/${thread}/messages`, { content: 'What color is the background?' });
    await after.shows(thread, 'red');
    expect(second.stderr()).toContain(
      'Question: What is this? Answer: a rocket. Question: What color is the background? Answer:',
    );
  });
});

describe('npm start with a token', { timeout: 60_000 }, () => {
  it('joins the Discord that the token is for, and prints who it is and how to invite it', async () => {
    const { api, token, discord } = await startLocalDiscord();
    const program = start({ DISCORD_TOKEN: token, BLIPCORD_API: api });
    await program.prints(
      /Discord +blipcord#0001, in 1 server\n +Invite it +https:\/\/discord\.com\/oauth2\/authorize\?client_id=\d+/,
    );
    const image = await readFile(join(import.meta.dirname, '..', 'goldens', 'emoji', 'scene3.png'));
    discord.me.post({
      content: `<@${discord.botId}> What is this?`,
      files: [{ name: 'scene3.png', bytes: image }],
    });
    await discord.me.waitFor(({ author, content }) => author.id === discord.botId && content === 'a rocket');
    program.process.kill('SIGTERM');
    expect(await program.exit()).toEqual({ code: 0, signal: null });
  });

  it('ends with a sentence when Discord takes the token back while it runs', async () => {
    const { api, token, discord } = await startLocalDiscord();
    const program = start({ DISCORD_TOKEN: token, BLIPCORD_API: api });
    await program.prints(/Window/);
    discord.gateway.cut(4004);
    expect(await program.exit()).toEqual({ code: 2, signal: null });
    expect(program.stderr()).toMatch(/^Finishing\.\nDiscord rejected the token in DISCORD_TOKEN\..*\n$/);
  });

  it('says why Discord could not be reached, sentence by sentence', async () => {
    const program = start({ DISCORD_TOKEN: 'not.the.token', BLIPCORD_API: 'http://127.0.0.1:9/api' });
    expect(await program.exit()).toEqual({ code: 2, signal: null });
    expect(program.stderr()).toMatch(
      /^Could not connect to Discord: .*[^.]\. Check the network and try again\.\n$/,
    );
  });

  it('says in one sentence that Discord rejected the token', async () => {
    const { api } = await startLocalDiscord();
    const program = start({ DISCORD_TOKEN: 'not.the.token', BLIPCORD_API: api });
    expect(await program.exit()).toEqual({ code: 2, signal: null });
    expect(program.stderr()).toMatch(/^Discord rejected the token in DISCORD_TOKEN\..*\n$/);
  });
});

function start(settings: Readonly<Record<string, string>>) {
  const child = spawn(process.execPath, [launcher, 'start'], {
    cwd: mkdtempSync(join(tmpdir(), 'blipcord-start-')),
    env: { ...process.env, DISCORD_TOKEN: '', BLIPCORD_STORE: 'memory:', BLIPCORD_LOG: 'warn', ...settings },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  onTestFinished(() => void child.kill('SIGKILL'));
  const output = { stdout: '', stderr: '' };
  for (const name of ['stdout', 'stderr'] as const) {
    child[name].on('data', (chunk) => {
      output[name] += String(chunk);
    });
  }
  const exited = once(child, 'close');
  return {
    process: child as ChildProcess,
    prints: (pattern: RegExp) =>
      expect
        .poll(() => output.stdout, { timeout: 30_000 })
        .toMatch(pattern)
        .then(() => output.stdout.match(pattern) ?? []),
    complains: (pattern: RegExp) => expect.poll(() => output.stderr, { timeout: 30_000 }).toMatch(pattern),
    stderr: () => output.stderr,
    exit: async () => {
      const [code, signal] = await exited;
      return { code, signal };
    },
  };
}

/** The page's side of a program that runs, once the bot is there. */
async function openPage(program: ReturnType<typeof start>) {
  const [address] = await program.prints(/http:\/\/127\.0\.0\.1:\d+/);
  const get = async (path: string) => (await fetch(`${address}/page/${path}`)).json();
  const state = async () => (await get('state')) as PageState;
  return {
    /** The ids of the first channel and of a command. */
    async places(command: string) {
      const { channels, commands } = await state();
      return [channels[0]?.id, commands.find(({ name }) => name === command)?.id];
    },
    async post(path: string, payload: object, file?: Blob) {
      const body = new FormData();
      body.set('payload', JSON.stringify(payload));
      if (file !== undefined) body.set('files', file, 'picture.png');
      expect((await fetch(`${address}/page/${path}`, { method: 'POST', body })).ok).toBe(true);
    },
    async thread() {
      const find = async () => (await state()).channels.find((channel) => 'thread_metadata' in channel)?.id;
      await expect.poll(find, { timeout: 30_000 }).toBeDefined();
      return find();
    },
    shows: (channel: string | undefined, content: string) =>
      expect
        .poll(async () => (await get(`channels/${channel}/messages`)).messages, { timeout: 30_000 })
        .toContainEqual(expect.objectContaining({ content })),
  };
}
