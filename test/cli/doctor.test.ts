import { once } from 'node:events';
import { mkdtempSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, it, onTestFinished, vi } from 'vitest';
import { commands } from '../../commands/index.ts';
import { problem } from '../../models/problems.ts';
import { describeDevice } from '../../src/describe-device.ts';
import { checkDiscord } from '../../src/doctor/check-discord.ts';
import { checkStore } from '../../src/doctor/check-store.ts';
import { neededPermissions } from '../../src/invite.ts';
import { openEmoji } from '../e2e/backends.ts';
import { openStage } from '../e2e/stage.ts';
import { damage } from '../support/damage.ts';
import { type LocalDiscord, startLocalDiscord } from '../support/local-discord.ts';
import { blipcord } from '../support/run-in-process.ts';

const allCommands = commands.map(({ data }) => `/${data.name}`).join(', ');

afterEach(() => vi.unstubAllEnvs());

describe('blipcord doctor', () => {
  it('is content without a token, and says how to get one', async () => {
    vi.stubEnv('DISCORD_TOKEN', '');
    vi.stubEnv('BLIPCORD_STORE', 'memory:');
    const { code, stdout, stderr } = await blipcord(['doctor', '--device', 'cpu']);
    expect(stderr).toBe('');
    expect(stdout.trimEnd().split('\n')).toEqual([
      expect.stringMatching(/^ok {7}node {8}v\d+/),
      expect.stringMatching(/^ok {7}model {7}emoji in .*emoji loads in \d+ ms and answers in \d+ ms\.$/),
      'ok       device      cpu in f32.',
      'ok       window      512 tokens.',
      'ok       store       memory: writes and reads.',
      expect.stringMatching(/^- {8}discord {5}DISCORD_TOKEN is not set.*discord\.com\/developers/),
    ]);
    expect(code).toBe(0);
  });

  it('ends with code 1 for a model that does not load, and still checks the rest', async () => {
    vi.stubEnv('BLIPCORD_STORE', 'memory:');
    const folder = mkdtempSync(join(tmpdir(), 'blipcord-doctor-'));
    writeFileSync(join(folder, 'config.json'), '{"model_type":"bert"}');
    const { code, stdout } = await blipcord(['doctor', '--model', folder]);
    expect(code).toBe(1);
    expect(stdout).toMatch(/^problem {2}model {7}.*bert/m);
    expect(stdout).toMatch(/^ok {7}store/m);
  });
});

describe('what the model runs on', () => {
  it('is told with the nodes that it really holds, and why it is nothing else', () => {
    const report = {
      device: 'cuda',
      card: 1,
      precision: 'f16',
      nodes: { cuda: { MatMul: 30, Softmax: 8 }, cpu: { Shape: 1, Concat: 1 } },
      fallbacks: [
        problem('modelNotOnDevice', {
          device: 'cuda:1',
          precision: 'f16',
          reason: 'Something is no number.',
        }),
      ],
    } as const;
    expect(describeDevice(report)).toBe(
      'cuda:1 in f16, which holds 38 of 40 nodes (Concat on cpu, Shape on cpu). ' +
        "The model doesn't run on cuda:1 in f16: Something is no number.",
    );
  });
});

describe('a model that is not there', () => {
  it('is one problem of the doctor, who still checks the rest', async () => {
    vi.stubEnv('BLIPCORD_STORE', 'memory:');
    vi.stubEnv('BLIPCORD_MODEL', 'nowhere');
    const { code, stdout } = await blipcord(['doctor']);
    expect(code).toBe(1);
    expect(stdout).toMatch(/^problem {2}model {7}There is no model "nowhere"\./m);
    expect(stdout).toMatch(/^ok {7}store/m);
  });

  it('is reported together with the other wrong settings', async () => {
    vi.stubEnv('BLIPCORD_MODEL', 'nowhere');
    vi.stubEnv('PORT', 'here');
    const { code, stderr } = await blipcord(['start']);
    expect(code).toBe(2);
    expect(stderr).toMatch(/^PORT is "here"\..*\nThere is no model "nowhere"\..*\n$/);
  });
});

describe('checking the window', () => {
  it('names the positions of the model where they are fewer than the window', async () => {
    vi.stubEnv('BLIPCORD_STORE', 'memory:');
    vi.stubEnv('BLIPCORD_WINDOW_TOKENS', '60000');
    const { stdout } = await blipcord(['doctor', '--device', 'cpu']);
    expect(stdout).toMatch(
      /^ok {7}window {6}\d+ tokens, as emoji reads no more, though BLIPCORD_WINDOW_TOKENS is 60000\.$/m,
    );
  });

  it('says when it can not hold an answer, and names the positions', async () => {
    vi.stubEnv('BLIPCORD_STORE', 'memory:');
    vi.stubEnv('BLIPCORD_WINDOW_TOKENS', '60000');
    vi.stubEnv('BLIPCORD_ANSWER_TOKENS', '4000');
    const { code, stdout } = await blipcord(['doctor', '--device', 'cpu']);
    expect(stdout).toMatch(/^problem {2}window {6}.*an answer of 4000.*emoji reads no more/m);
    expect(code).toBe(1);
  });
});

describe('checking the store', () => {
  it('finds damaged pages, and says what to do', async () => {
    const path = join(mkdtempSync(join(tmpdir(), 'blipcord-doctor-')), 'memory.sqlite');
    await damage(path);
    const check = await checkStore(`sqlite://${path}`);
    expect(check.verdict).toBe('problem');
    expect(check.text).toMatch(/the file is damaged .*move it away and a new one is made\.$/);
  });

  it('names a place that can not be written', async () => {
    const file = join(mkdtempSync(join(tmpdir(), 'blipcord-doctor-')), 'a-file');
    writeFileSync(file, '');
    const check = await checkStore(`sqlite://${file}/memory.sqlite`);
    expect(check).toMatchObject({ about: 'store', verdict: 'problem' });
    expect(check.text).toContain(`${file}/memory.sqlite`);
  });
});

describe('checking Discord', () => {
  it('finds nothing wrong where a bot was started', async () => {
    const backend = await openEmoji();
    const { playground } = await openStage(backend);
    expect(await check(playground)).toEqual([
      { about: 'token', verdict: 'ok', text: 'Connected as blipcord#0001.' },
      { about: 'intents', verdict: 'ok', text: 'The bot may read what messages say.' },
      { about: 'permissions', verdict: 'ok', text: 'All that the bot needs in Picture club.' },
      { about: 'commands', verdict: 'ok', text: `${allCommands} are registered.` },
    ]);
    await backend.close();
  });

  it('says where the intent is switched on', async () => {
    const playground = await startLocalDiscord({ privileged: { messageContent: false } });
    const intents = (await check(playground)).find(({ about }) => about === 'intents');
    expect(intents).toMatchObject({
      verdict: 'problem',
      text: expect.stringContaining('Message Content Intent'),
    });
  });

  it('names the permissions that are missing, and the channel that withholds one', async () => {
    const playground = await startLocalDiscord();
    const { discord } = playground;
    discord.setBotPermissions(neededPermissions.filter((name) => name !== 'AttachFiles'));
    discord.denyBot(discord.channelId, ['CreatePublicThreads']);
    const permissions = (await check(playground)).find(({ about }) => about === 'permissions');
    expect(permissions?.verdict).toBe('problem');
    expect(permissions?.text).toContain(
      'In Picture club the bot lacks Attach Files; Create Public Threads in #pictures.',
    );
    expect(permissions?.text).toMatch(
      /https:\/\/discord\.com\/oauth2\/authorize\?client_id=\d+&scope=bot\+applications\.commands&permissions=\d+/,
    );
  });

  it('says that the commands are registered by starting', async () => {
    const playground = await startLocalDiscord();
    expect((await check(playground)).at(-1)).toEqual({
      about: 'commands',
      verdict: 'problem',
      text: `${allCommands} not registered. Run npm start once, which registers them.`,
    });
  });

  it('says what to do about a token that Discord refuses', async () => {
    const playground = await startLocalDiscord();
    const [token, ...others] = await check({ ...playground, token: 'wrong' });
    expect(token).toMatchObject({
      about: 'token',
      verdict: 'problem',
      text: expect.stringMatching(/refuses DISCORD_TOKEN\. Reset it/),
    });
    expect(others).toEqual([]);
  });

  it('says when Discord can not be reached', async () => {
    const [token] = await check({ api: 'http://127.0.0.1:9/api', token: 'any' });
    expect(token).toMatchObject({
      verdict: 'problem',
      text: expect.stringContaining('Discord could not be reached'),
    });
  });

  it('leaves no request waiting where the server never answers', async () => {
    const requests = { all: 0, waiting: 0 };
    const server = createServer((_, response) => {
      requests.all++;
      requests.waiting++;
      response.once('close', () => requests.waiting--);
    }).listen(0, '127.0.0.1');
    onTestFinished(() => void server.close().closeAllConnections());
    await once(server, 'listening');
    const { port } = server.address() as AddressInfo;
    const api = `http://127.0.0.1:${port}/api`;
    const options = { api, token: 'any', guildId: undefined, commandNames: [], timeoutMs: 200 };
    const [token] = await checkDiscord(options);
    expect(token).toMatchObject({ verdict: 'problem', text: expect.stringContaining('in time') });
    await expect.poll(() => requests, { timeout: 2_000 }).toEqual({ all: 1, waiting: 0 });
  });
});

function check({ api, token }: Pick<LocalDiscord, 'api' | 'token'>) {
  const commandNames = commands.map(({ data }) => data.name);
  return checkDiscord({ api, token, guildId: undefined, commandNames });
}
