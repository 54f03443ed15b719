// `blipcord pull` and `blipcord models` against a local hub, and the pulled model at work.
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readdirSync, rmSync, statSync, unlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { afterEach, beforeEach, describe, expect, it, onTestFinished, vi } from 'vitest';
import { tryLock } from '../../src/hub/cache-lock.ts';
import { packageRoot } from '../../src/package-root.ts';
import { EMOJI, readRetrievalGolden, writeCheckpoint } from '../models/support/goldens.ts';
import {
  commitOf,
  type LocalHub,
  type LocalHubOptions,
  readFiles,
  startLocalHub,
} from '../support/local-hub.ts';
import { blipcord } from '../support/run-in-process.ts';

// Models are opened again and again here, which takes its time on a busy machine.
vi.setConfig({ testTimeout: 90_000 });

const NAME = 'Org/blip2-emoji';
const files = readFiles(EMOJI);
const bytes = [...files.values()].reduce((sum, { length }) => sum + length, 0);
const size = `${(bytes / 1e6).toFixed(1)} MB`;
const commit = commitOf(files).slice(0, 7);
const goldens = join(import.meta.dirname, '..', 'goldens', 'emoji');
let cache: string;
let repository: string;

beforeEach(() => {
  cache = mkdtempSync(join(tmpdir(), 'blipcord-cache-'));
  repository = join(cache, 'models--Org--blip2-emoji');
  vi.stubEnv('HF_HUB_CACHE', cache);
  vi.stubEnv('HF_TOKEN', '');
});
afterEach(() => {
  vi.unstubAllEnvs();
  rmSync(cache, { recursive: true, force: true });
});

describe('blipcord pull', () => {
  it('fetches a model that then answers by its name', async () => {
    await useHub();
    const { code, stdout, stderr } = await blipcord(['pull', NAME]);
    expect({ code, stdout }).toEqual({
      code: 0,
      stdout: `${NAME} (${commit}, ${size}) is in ${join(repository, 'snapshots', commitOf(files))}\nUse it with --model ${NAME}, or in the bot with BLIPCORD_MODEL=${NAME}.\n`,
    });
    expect(stderr).toMatch(/^Fetching 10\.7 MB\.\n( *\d+% {2}.*\n)+$/);
    expect(stderr).toMatch(/\n100% {2}10\.7 MB of 10\.7 MB .*\n$/);
    const answered = { code: 0, stdout: 'a rocket on a red background\n', stderr: '' };
    const args = ['generate', '--image', 'scene3.png'];
    expect(await blipcord([...args, '--model', NAME], { folder: goldens })).toEqual(answered);
    vi.stubEnv('BLIPCORD_MODEL', `${NAME}@${commitOf(files)}`);
    expect(await blipcord(args, { folder: goldens })).toEqual(answered);
  });

  it('keeps fewer bits where they are asked for, and answers with them', async () => {
    await useHub();
    const { code, stdout, stderr } = await blipcord(['pull', NAME, '--weights', 'int8']);
    expect(code).toBe(0);
    expect(stdout).toMatch(
      `Use it with --model ${NAME} --weights int8, or in the bot with BLIPCORD_MODEL=${NAME} BLIPCORD_WEIGHTS=int8.\n`,
    );
    expect(stderr).toMatch(/\nWriting \d\.\d MB\.\n( *\d+% {2}.*\n)+$/);
    for (const weights of [[], ['--weights', 'int8']]) {
      const args = ['generate', '--image', 'scene3.png', '--model', NAME, ...weights];
      const answered = await blipcord(args, { folder: goldens });
      expect(answered).toEqual({ code: 0, stdout: 'a rocket on a red background\n', stderr: '' });
    }
  });

  it('is known to the doctor by its name', async () => {
    vi.stubEnv('BLIPCORD_STORE', 'memory:');
    await useHub();
    await blipcord(['pull', NAME]);
    const { stdout } = await blipcord(['doctor', '--model', NAME, '--device', 'cpu']);
    expect(stdout).toMatch(/^ok {7}model {7}Org\/blip2-emoji in /m);
  });

  it('sends HF_TOKEN', async () => {
    vi.stubEnv('HF_TOKEN', 'hf_secret');
    const hub = await useHub();
    await blipcord(['pull', NAME]);
    expect(hub.requests[0]?.authorization).toBe('Bearer hf_secret');
  });

  it.each(['blip2', 'a/b/c', 'a/b@', '../x/y', 'a/..', 'a/b@../x', 'a--b/c', 'https://huggingface.co/a/b'])(
    'refuses "%s" as the name of a model',
    async (name) => {
      const { code, stderr } = await blipcord(['pull', name]);
      expect(code).toBe(2);
      expect(stderr).toBe(
        `"${name}" is no model of the hub. Write owner/name or owner/name@revision, as in Salesforce/blip2-opt-2.7b.\n`,
      );
    },
  );

  it('says in one sentence what the hub refuses', async () => {
    await useHub();
    const { code, stdout, stderr } = await blipcord(['pull', 'Org/absent']);
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr).toMatch(/^127\.0\.0\.1:\d+ shows no model Org\/absent\. .*\n$/);
  });

  it('says when the cache can not be written', async () => {
    await useHub();
    vi.stubEnv('HF_HUB_CACHE', join(EMOJI, 'config.json'));
    const { code, stderr } = await blipcord(['pull', NAME]);
    expect(code).toBe(2);
    expect(stderr).toMatch(/^\/.* can't be written \((ENOTDIR|EEXIST)\)\. .*HF_HUB_CACHE.*\n$/);
  });

  it.skipIf(process.platform !== 'linux')(
    'does not wait for a cache below /proc, which takes no folders',
    async () => {
      await useHub();
      vi.stubEnv('HF_HUB_CACHE', '/proc/cache');
      const { code, stderr } = await blipcord(['pull', NAME]);
      expect(code).toBe(2);
      expect(stderr).toMatch(/^\/proc\/cache.* can't be written \(ENOENT\)\. .*HF_HUB_CACHE.*\n$/);
    },
  );

  it('ends at Ctrl+C with one sentence, and goes on when it is called again', async () => {
    const hub = await useHub({
      fault: ({ host }, earlier) =>
        host === 'cdn' && !earlier.some((request) => request.host === 'cdn')
          ? { stallAfter: 3_000_000 }
          : undefined,
    });
    const { child, stderr } = spawnCli('pull', NAME);
    await expect.poll(() => hasPartial(), { timeout: 15_000 }).toBe(true);
    child.kill('SIGINT');
    const [code] = await once(child, 'exit');
    expect(code).toBe(130);
    expect(await stderr).toMatch(
      /\nStopped\. Run blipcord pull Org\/blip2-emoji again to go on from here\.\n$/,
    );
    const half = await blipcord(['caption', 'scene3.png', '--model', NAME], { folder: goldens });
    expect(half.stderr).toContain(`Fetch it with: blipcord pull ${NAME}`);
    const again = await blipcord(['pull', NAME]);
    expect(again.code).toBe(0);
    expect(again.stderr).toMatch(/^Going on at \d\.\d MB of 10\.7 MB\.\n/);
    expect(hub.requests.at(-1)?.range).toMatch(/^bytes=\d+-$/);
  });
});

describe('a model that was not pulled', () => {
  it('is refused with the command that fetches it', async () => {
    const { code, stderr } = await blipcord(['generate', '--image', 'scene3.png', '--model', `${NAME}@v2`], {
      folder: goldens,
    });
    expect(code).toBe(2);
    expect(stderr).toBe(
      `There is neither a folder nor a pulled model "${NAME}@v2". Fetch it with: blipcord pull ${NAME}@v2\n`,
    );
  });

  it('is told apart from one that has lost a file', async () => {
    await useHub();
    await blipcord(['pull', NAME]);
    unlinkSync(join(repository, 'snapshots', commitOf(files), 'model.safetensors'));
    const { stderr } = await blipcord(['caption', 'scene3.png', '--model', NAME], { folder: goldens });
    expect(stderr).toBe(
      `Of the model "${NAME}", model.safetensors is missing. Fetch it with: blipcord pull ${NAME}\n`,
    );
    expect((await blipcord(['models'])).stdout).toMatch(
      /opt {2}in part: run blipcord pull Org\/blip2-emoji\n$/,
    );
  });
});

describe('blipcord models', () => {
  const embedded = 'comes with blipcord';

  it('lists the embedded model where nothing was pulled', async () => {
    const { code, stdout } = await blipcord(['models']);
    expect({ code, stdout }).toEqual({ code: 0, stdout: `emoji  ${embedded}  ${size}  opt  complete\n` });
  });

  it('lists a pulled model with its revision, size and kind', async () => {
    await useHub();
    await blipcord(['pull', NAME]);
    const { stdout } = await blipcord(['models']);
    expect(stdout.split('\n')).toEqual([
      `emoji            ${embedded}  ${size}  opt  complete`,
      `Org/blip2-emoji  main (${commit})       ${size}  opt  complete`,
      '',
    ]);
    const lines = (await blipcord(['models', '--json'])).stdout.trim().split('\n');
    expect(JSON.parse(lines[1] ?? '')).toMatchObject({ name: NAME, revision: 'main', complete: true });
  });

  it('counts of a model that was fetched in part what has come, and of a newer one alone', async () => {
    const newer = new Map([...files, ['generation_config.json', Buffer.from('{}')]]);
    await useHub();
    await blipcord(['pull', NAME]);
    await useHub({ models: { [NAME]: newer } });
    await blipcord(['pull', NAME]);
    const folder = join(repository, 'snapshots', commitOf(newer));
    const weights = join(folder, 'model.safetensors');
    const { size } = statSync(weights);
    unlinkSync(weights);
    writeFileSync(join(repository, 'blobs', 'abc.incomplete'), Buffer.alloc(5_000_000));
    const models = (await blipcord(['models', '--json'])).stdout.trim().split('\n');
    const all = [...newer.values()].reduce((sum, { length }) => sum + length, 0);
    const listed = models.map((line) => JSON.parse(line)).filter(({ name }) => name === NAME);
    expect(listed.find(({ folder: at }) => at === folder)).toMatchObject({
      complete: false,
      bytes: all - size + 5_000_000,
    });
    expect(listed.find(({ folder: at }) => at !== folder)).toMatchObject({ complete: true, bytes });
  });

  it('lists and pulls a model that matches', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'blipcord-matching-'));
    onTestFinished(() => rmSync(folder, { recursive: true }));
    await writeCheckpoint(folder, readRetrievalGolden('plain'));
    await useHub({ models: { 'Org/blip2-itm': readFiles(folder) } });
    expect((await blipcord(['pull', 'Org/blip2-itm'])).code).toBe(0);
    expect((await blipcord(['models'])).stdout).toMatch(/^Org\/blip2-itm .* retrieval {2}complete$/m);
    const args = ['--image', 'scene3.png', '--text', 'a rocket', '--json', '--device', 'cpu'];
    const { stdout } = await blipcord(['match', '--model', 'Org/blip2-itm', ...args], { folder: goldens });
    expect(JSON.parse(stdout)).toEqual({ itc: expect.any(Number), itm: expect.any(Number) });
  });

  it('says of a model that matches what it can be used with, as quantize does', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'blipcord-matching-'));
    onTestFinished(() => rmSync(folder, { recursive: true }));
    await writeCheckpoint(folder, readRetrievalGolden('plain'));
    await useHub({ models: { 'Org/blip2-itm': readFiles(folder) } });
    const { stdout } = await blipcord(['pull', 'Org/blip2-itm', '--weights', 'int4']);
    expect(stdout.split('\n').slice(1)).toEqual([
      'Use it with --model Org/blip2-itm --weights int4.',
      'This model has no language model, and nothing else is kept in 4 bits: with int8 it says the same.',
      '',
    ]);
  });

  it('lists a revision by its commit where it has no name, and no other architecture', async () => {
    await useHub({ models: { [NAME]: files } });
    await blipcord(['pull', `${NAME}@${commitOf(files)}`]);
    expect((await blipcord(['models'])).stdout).toContain(`Org/blip2-emoji  ${commit}  `);
    const bert = new Map([...files, ['config.json', Buffer.from('{"model_type":"bert"}')]]);
    await useHub({ models: { 'Org/bert': bert } });
    await blipcord(['pull', 'Org/bert']);
    expect((await blipcord(['models'])).stdout).not.toContain('bert');
  });

  it('removes a model, and nothing else', async () => {
    await useHub({ models: { [NAME]: files, 'Org/other': files } });
    await blipcord(['pull', NAME]);
    await blipcord(['pull', 'Org/other']);
    const { code, stdout } = await blipcord(['models', 'remove', NAME]);
    expect({ code, stdout }).toEqual({ code: 0, stdout: `Removed ${NAME}: ${size} are free again.\n` });
    expect(existsSync(repository)).toBe(false);
    expect((await blipcord(['models'])).stdout).toMatch(/^Org\/other .*complete$/m);
  });

  it.each([
    [NAME, `There is no pulled model "${NAME}". See which there are with blipcord models.\n`],
    ['emoji', 'emoji comes with blipcord. Only pulled models are removed.\n'],
    [`${NAME}@v1`, `All revisions are removed together. Write: blipcord models remove ${NAME}\n`],
    ['..', /^"\.\." is no model of the hub\. /],
  ])('does not remove %s', async (name, says) => {
    const { code, stderr } = await blipcord(['models', 'remove', name]);
    expect(code).toBe(2);
    expect(stderr).toMatch(says);
  });

  it('does not remove a model that is being pulled', async () => {
    await useHub();
    await blipcord(['pull', NAME]);
    const lock = tryLock(cache, NAME);
    onTestFinished(() => lock?.release());
    const { code, stderr } = await blipcord(['models', 'remove', NAME]);
    expect({ code, stderr }).toEqual({
      code: 2,
      stderr: `${NAME} is being pulled or quantised. Wait for the end of that, or end it, and remove it then.\n`,
    });
    expect(existsSync(repository)).toBe(true);
  });
});

async function useHub({
  models = { [NAME]: files },
  fault,
}: Partial<LocalHubOptions> = {}): Promise<LocalHub> {
  const hub = await startLocalHub({ models, ...(fault && { fault }) });
  onTestFinished(() => hub.close());
  vi.stubEnv('HF_ENDPOINT', `${hub.endpoint}/`);
  return hub;
}

function spawnCli(...args: string[]): { child: ChildProcess; stderr: Promise<string> } {
  const command = ['--import', 'tsx', join(packageRoot(), 'src', 'cli.ts'), ...args];
  const child = spawn(process.execPath, command, { cwd: packageRoot(), stdio: ['ignore', 'ignore', 'pipe'] });
  return { child, stderr: text(child.stderr) };
}

function hasPartial(): boolean {
  const blobs = join(repository, 'blobs');
  return (
    existsSync(blobs) &&
    readdirSync(blobs).some(
      (name) => name.endsWith('.incomplete') && statSync(join(blobs, name)).size > 1_000_000,
    )
  );
}
