// The command line of quantised weights.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { cp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, afterEach, beforeAll, describe, expect, it, onTestFinished, vi } from 'vitest';
import { shellWord } from '../../models/shell-word.ts';
import { readRetrievalGolden, writeCheckpoint } from '../models/support/goldens.ts';
import { blipcord } from '../support/run-in-process.ts';

const image = join(import.meta.dirname, '..', 'fixtures', 'scene1.png');
let folder: string;
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'blipcord-cli-quantize-'));
  await run('synth', '--like', 'tiny', '--out', 'mine');
});
afterAll(() => rmSync(folder, { recursive: true }));
afterEach(() => vi.unstubAllEnvs());

const run = (...args: string[]) => blipcord(args, { folder });
const files = () => readdirSync(join(folder, 'mine')).filter((name) => name.startsWith('model.'));

describe('blipcord quantize', () => {
  it('writes a file beside the weights that the other commands and the settings name', async () => {
    const made = await run('quantize', 'mine', '--weights', 'int8', '--keep', 'vision=f16', 'head=f32');
    const path = join(folder, 'mine', 'model.int8.safetensors');
    expect(made.stdout.split('\n')).toEqual([
      expect.stringMatching(/^[\d.]+ kB are in .*model\.int8\.safetensors$/),
      'Use it with --weights int8, or in the bot with BLIPCORD_WEIGHTS=int8.',
      '',
    ]);
    expect(made).toMatchObject({ code: 0, stderr: '' });
    const again = await run('quantize', 'mine', '--weights', 'int8', '--keep', 'vision=f16', 'head=f32');
    expect(again.stdout).toMatch(`There is nothing to do: all is in ${path}`);
  });

  it('writes what the other commands take, named by an option or a setting', async () => {
    await run('quantize', 'mine', '--weights', 'int8');
    const generate = ['generate', '--model', 'mine', '--image', image, '--device', 'cpu', '--json'];
    const given = await run(...generate, '--weights', 'int8');
    expect(given.code).toBe(0);
    vi.stubEnv('BLIPCORD_WEIGHTS', 'int8');
    expect(await run(...generate)).toEqual(given);
  });

  it.each([
    ['--keep', 'head=f32', 'mine'],
    ['--keep', 'head=f32', '--', 'mine'],
    ['--keep', 'mine', 'head=f32'],
    ['--keep', 'head=f32', '--block', '32', 'mine'],
    ['mine', '--keep', 'head=f32'],
  ])('finds the model before, among and behind its options: %s %s %s', async (...args) => {
    const made = await run('quantize', '--weights', 'int8', ...args);
    expect(made).toMatchObject({ code: 0, stderr: '' });
    const same = await run('quantize', 'mine', '--weights', 'int8', '--keep', 'head=f32');
    expect(same.stdout).toMatch('There is nothing to do');
    rmSync(join(folder, 'mine', 'model.int8.safetensors'));
  });

  it('says of a model that matches what it can be used with, and that nothing of it is in 4 bits', async () => {
    await writeCheckpoint(join(folder, 'matcher'), readRetrievalGolden('plain'));
    const made = await run('quantize', 'matcher', '--weights', 'int8');
    expect(made.stdout.split('\n').slice(1)).toEqual(['Use it with --weights int8.', '']);
    const fewer = await run('quantize', 'matcher', '--weights', 'int4');
    expect(fewer.stdout.split('\n').slice(1)).toEqual([
      'Use it with --weights int4.',
      'This model has no language model, and nothing else is kept in 4 bits: with int8 it says the same.',
      '',
    ]);
    for (const { code, stderr } of [made, fewer]) expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
  });

  it('writes what the doctor names', async () => {
    await run('quantize', 'mine', '--weights', 'int8');
    vi.stubEnv('BLIPCORD_WEIGHTS', 'int8');
    vi.stubEnv('BLIPCORD_STORE', 'memory:');
    const { stdout } = await run('doctor', '--model', 'mine', '--device', 'cpu');
    expect(stdout).toMatch(/mine in .*mine, its weights in int8, loads in/);
  });

  it('is refused while another run is at work on the model', async () => {
    const ways = ['int8', 'int4'].map((weights) =>
      run('quantize', 'mine', '--weights', weights, '--block', '64'),
    );
    const [first, second] = await Promise.all(ways);
    expect(first).toMatchObject({ code: 0, stderr: '' });
    expect(second).toEqual({
      code: 2,
      stdout: '',
      stderr:
        'Another blipcord is at work on mine. Wait for the end of that, or end it, and run this again.\n',
    });
    expect((await run('quantize', 'mine', '--weights', 'int8')).code).toBe(0);
    expect(readdirSync(join(folder, 'mine')).filter((name) => name.startsWith('.'))).toEqual([]);
  });

  it('is not held up by a run that was killed', async () => {
    const script = fileURLToPath(new URL('../support/lock-until-killed.ts', import.meta.url));
    const child = spawn(process.execPath, ['--import', 'tsx', script, join(folder, 'mine')], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    onTestFinished(() => void child.kill('SIGKILL'));
    await once(child.stdout, 'data');
    expect((await run('quantize', 'mine', '--weights', 'int8')).code).toBe(2);
    child.kill('SIGKILL');
    await once(child, 'exit');
    expect((await run('quantize', 'mine', '--weights', 'int8')).code).toBe(0);
    expect(readdirSync(join(folder, 'mine')).filter((name) => name.startsWith('.'))).toEqual([]);
  });

  it('goes without a lock where none can be made', async () => {
    await run('quantize', 'mine', '--weights', 'int8');
    const file = join(folder, 'mine', '.blipcord-lock.sqlite');
    mkdirSync(file);
    const { stdout } = await run('quantize', 'mine', '--weights', 'int8');
    rmSync(file, { recursive: true });
    expect(stdout).toMatch('There is nothing to do');
  });

  it.each([
    [['mine'], "Required option '--weights <type>' not specified."],
    [['--weights', 'int8'], "Missing required argument 'model'."],
    [['--weights', 'int8', '--keep', 'head=f32'], "Missing required argument 'model'."],
    [['--weights', 'int8', '--keep', 'mine', 'theirs'], "Missing required argument 'model'."],
    [['mine', '--weights', 'int8', '--keep', 'vision'], '"vision": vision can be int8, f16, f32.'],
    [['mine', '--weights', 'int2'], 'Allowed choices are f16, int8, int4.'],
    [['mine', '--weights', 'int4', '--block', '48'], 'Use 32, 64, 128.'],
    [['mine', '--weights', 'int4', '--keep', 'vision=int4'], 'vision can be int8, f16, f32.'],
    [['mine', '--weights', 'int4', '--keep', 'eyes=f32'], '"eyes=f32" names no part of the model.'],
    [['nowhere', '--weights', 'int4'], 'There is no model "nowhere".'],
  ])('says in one sentence what is wrong with %j', async (args, message) => {
    const before = files();
    const { code, stdout, stderr } = await run('quantize', ...args);
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr).toContain(message);
    expect(stderr.trim().split('\n')).toHaveLength(1);
    expect(files()).toEqual(before);
  });

  it('is named where weights are asked for that are not there', async () => {
    const { code, stderr } = await run('generate', '--model', 'mine', '--image', image, '--weights', 'int4');
    expect(code).toBe(2);
    expect(stderr).toBe(
      `${join(folder, 'mine')} has no weights in int4. Make them: blipcord quantize ${join(folder, 'mine')} --weights int4\n`,
    );
  });

  it('is named so that a shell takes it, whatever the folder is called', async () => {
    const spaced = join(folder, "my model's");
    await cp(join(folder, 'mine'), spaced, { recursive: true });
    const { stderr } = await run('generate', '--model', spaced, '--image', image, '--weights', 'int4');
    expect(stderr).toMatch(`Make them: blipcord quantize ${shellWord(spaced)} --weights int4\n`);
  });
});
