// What is said of a model that was pulled in fewer bits, and of which nothing wider is there.
import { mkdtempSync, readdirSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeEach, describe, expect, it, onTestFinished, vi } from 'vitest';
import type { WeightPrecision } from '../../models/backend.ts';
import { markPassing } from '../../models/checkpoint/passing-weights.ts';
import type { Quantisation } from '../../models/checkpoint/quantised-matrix.ts';
import { readQuantisedWeights } from '../../models/checkpoint/quantised-weights.ts';
import { tryLock } from '../../src/hub/cache-lock.ts';
import { readGolden, writeCheckpoint } from '../models/support/goldens.ts';
import { commitOf, type Files, readFiles, startLocalHub } from '../support/local-hub.ts';
import { blipcord } from '../support/run-in-process.ts';

const NAME = 'Org/tiny';
const image = join(import.meta.dirname, '..', 'fixtures', 'scene1.png');
let files: Files;
let cache: string;
let folder: string;

beforeEach(async () => {
  cache = temporaryFolder();
  const checkpoint = temporaryFolder();
  await writeCheckpoint(checkpoint, readGolden('plain'));
  files = readFiles(checkpoint);
  const hub = await startLocalHub({ models: { [NAME]: files } });
  onTestFinished(async () => {
    await hub.close();
    vi.unstubAllEnvs();
  });
  vi.stubEnv('HF_ENDPOINT', `${hub.endpoint}/`);
  vi.stubEnv('HF_HUB_CACHE', cache);
  folder = join(cache, 'models--Org--tiny', 'snapshots', commitOf(files));
});

describe('a model that was pulled in 8 bits', () => {
  it('names the pull where other weights are asked for', async () => {
    await blipcord(['pull', NAME, '--weights', 'int8']);
    expect(await generate('--weights', 'int4')).toEqual({
      code: 2,
      stdout: '',
      stderr: `${folder} has no weights in int4. Make them: blipcord pull ${NAME} --weights int4\n`,
    });
    expect((await blipcord(['pull', NAME, '--weights', 'int4'])).code).toBe(0);
    expect((await generate('--weights', 'int4')).code).toBe(0);
  });

  it('names the pull also where the wide weights are there only until that has ended', async () => {
    await blipcord(['pull', NAME]);
    expect((await generate('--weights', 'int4')).stderr).toMatch(`Make them: blipcord quantize ${folder}`);
    markPassing(folder);
    expect((await generate('--weights', 'int4')).stderr).toMatch(
      `Make them: blipcord pull ${NAME} --weights int4\n`,
    );
  });

  it('names the commit where that is no longer main, or was pulled by its name', async () => {
    const commit = commitOf(files);
    await blipcord(['pull', `${NAME}@${commit}`, '--weights', 'int8']);
    const { stderr } = await generate('--model', `${NAME}@${commit}`, '--weights', 'int4');
    expect(stderr).toContain(`Make them: blipcord pull ${NAME}@${commit} --weights int4`);
  });

  it('names the pull where the file is damaged', async () => {
    await blipcord(['pull', NAME, '--weights', 'int8']);
    truncateSync(join(folder, 'model.int8.safetensors'), 5000);
    const again = `Make it again: blipcord pull ${NAME} --weights int8\n`;
    expect((await generate()).stderr).toMatch(again);
    expect((await blipcord(['quantize', NAME, '--weights', 'int8'])).stderr).toMatch(again);
    await blipcord(['pull', NAME, '--weights', 'int8']);
    expect((await generate()).code).toBe(0);
  });

  it('is made as --keep and --block say, and anew only where they say something else', async () => {
    const keep = ['--keep', 'head=f32', 'vision=f16', '--block', '64'];
    expect(await blipcord(['pull', '--weights', 'int8', ...keep, NAME])).toMatchObject({ code: 0 });
    const { parts, blockSize } = await quantisationOf('int8');
    expect({ parts, blockSize }).toMatchObject({ parts: { head: 'f32', vision: 'f16' }, blockSize: 64 });
    for (const same of [keep, []]) {
      expect((await blipcord(['pull', NAME, '--weights', 'int8', ...same])).stderr).toBe('');
    }
    expect((await quantisationOf('int8')).parts.head).toBe('f32');
    expect((await blipcord(['pull', NAME, '--weights', 'int8', '--block', '64'])).code).toBe(0);
    expect((await quantisationOf('int8')).parts.head).toBe('int8');
    expect(readdirSync(folder).filter((name) => name.startsWith('model.'))).toEqual([
      'model.int8.safetensors',
    ]);
  });

  it.each([
    [
      ['--keep', 'head=f32', NAME],
      '--keep and --block are for weights in fewer bits. Say in which, as with --weights int8.',
    ],
    [
      ['--block', '64', NAME],
      '--keep and --block are for weights in fewer bits. Say in which, as with --weights int8.',
    ],
    [['--weights', 'int8', '--keep', 'head=f32'], "Missing required argument 'id'."],
    [[], "Missing required argument 'id'."],
    [[NAME, '--weights', 'int8', '--keep', 'eyes=f32'], '"eyes=f32" names no part of the model.'],
    [[NAME, '--weights', 'int8', '--block', '48'], 'Use 32, 64, 128.'],
  ])('says in one sentence what is wrong with %j', async (args, message) => {
    const { code, stdout, stderr } = await blipcord(['pull', ...args]);
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr).toContain(message);
    expect(stderr.trim().split('\n')).toHaveLength(1);
    expect(readdirSync(cache)).toEqual([]);
  });

  it('is listed with the weights that it has', async () => {
    const listed = async () => {
      const [line, json] = [await blipcord(['models']), await blipcord(['models', '--json'])].map(
        ({ stdout }) => stdout.split('\n').find((one) => one.includes(NAME)) ?? '',
      );
      return { line, weights: JSON.parse(json ?? '').weights };
    };
    await blipcord(['pull', NAME, '--weights', 'int8']);
    expect(await listed()).toEqual({
      line: expect.stringMatching(/opt {2}complete {2}int8$/),
      weights: ['int8'],
    });
    await blipcord(['pull', NAME, '--weights', 'int4']);
    expect((await listed()).line).toMatch(/complete {2}int8, int4$/);
    await blipcord(['pull', NAME]);
    expect(await listed()).toEqual({
      line: expect.stringMatching(/complete {2}as stored, int8, int4$/),
      weights: ['stored', 'int8', 'int4'],
    });
    for (const weights of ['int8', 'int4']) rmSync(join(folder, `model.${weights}.safetensors`));
    expect(await listed()).toEqual({ line: expect.stringMatching(/complete$/), weights: ['stored'] });
    rmSync(join(folder, 'model.safetensors'));
    expect(await listed()).toEqual({
      line: expect.stringMatching(`run blipcord pull ${NAME}$`),
      weights: [],
    });
  });

  it('is listed, where the pull was killed, with the command that goes on', async () => {
    const listed = async () =>
      (await blipcord(['models'])).stdout.split('\n').find((one) => one.includes(NAME));
    const goesOn = (command: string) => expect.stringMatching(`in part: run blipcord pull ${command}$`);
    await blipcord(['pull', NAME]);
    markPassing(folder, { weights: 'int4', blobs: [] });
    expect(await listed()).toEqual(goesOn(`${NAME} --weights int4`));
    rmSync(join(folder, 'model.safetensors'));
    expect(await listed()).toEqual(goesOn(`${NAME} --weights int4`));
    markPassing(folder);
    expect(await listed()).toEqual(goesOn(NAME));
  });

  it('is listed without the weights that are there only until a pull has ended', async () => {
    await blipcord(['pull', NAME, '--weights', 'int8']);
    await blipcord(['pull', NAME]);
    markPassing(folder, { weights: 'int4', blobs: [] });
    const { stdout } = await blipcord(['models', '--json']);
    const listed = stdout.split('\n').find((one) => one.includes(NAME)) ?? '';
    expect(JSON.parse(listed)).toMatchObject({ weights: ['int8'], complete: true });
  });

  it('is listed in part with the commit or the ref by which that is pulled, as soon as there is one', async () => {
    const commit = commitOf(files);
    const refs = join(cache, 'models--Org--tiny', 'refs');
    const listed = async () => (await blipcord(['models'])).stdout.trim().split('\n').at(-1);
    const goesOn = (command: string) => expect.stringMatching(`in part: run blipcord pull ${command}$`);
    await blipcord(['pull', NAME]);
    rmSync(join(folder, 'model.safetensors'));
    writeFileSync(join(refs, 'main'), '0'.repeat(40));
    expect(await listed()).toEqual(goesOn(`${NAME}@${commit}`));
    writeFileSync(join(refs, 'v1'), commit);
    expect(await listed()).toEqual(goesOn(`${NAME}@v1`));
    writeFileSync(join(refs, 'main'), commit);
    expect(await listed()).toEqual(goesOn(NAME));
    rmSync(refs, { recursive: true }); // as before the first pull has ended
    expect(await listed()).toEqual(goesOn(NAME));
  });

  it('has nothing more to be quantised to 8 bits, and is to be pulled for all else', async () => {
    await blipcord(['pull', NAME, '--weights', 'int8']);
    const again = await blipcord(['quantize', NAME, '--weights', 'int8']);
    expect(again).toMatchObject({ code: 0, stderr: '' });
    expect(again.stdout).toMatch('There is nothing to do: all is in');
    const made = `${join(folder, 'model.int8.safetensors')} was made by another recipe, and can be used. By this one it can't be made: `;
    for (const [others, usable] of [
      [['int4'], ''],
      [['int8', '--keep', 'head=f32'], made],
    ] as const) {
      const { code, stderr } = await blipcord(['quantize', NAME, '--weights', ...others]);
      expect(code).toBe(2);
      expect(stderr).toBe(
        `${usable}${folder} has neither model.safetensors nor model.safetensors.index.json. Fetch them: blipcord pull ${NAME}\n`,
      );
    }
  });
});

describe('a model that is not there', () => {
  const fetchIt = `Fetch it with: blipcord pull ${NAME}`;

  it('is to be pulled in as few bits as are asked for', async () => {
    expect((await generate('--weights', 'int4')).stderr).toMatch(`${fetchIt} --weights int4\n`);
    expect((await blipcord(['quantize', NAME, '--weights', 'int4'])).stderr).toMatch(
      `${fetchIt} --weights int4\n`,
    );
    expect((await generate('--weights', 'auto')).stderr).toMatch(`${fetchIt}\n`);
  });

  it('is to be pulled in as few bits as the settings say, unless an option says more', async () => {
    vi.stubEnv('BLIPCORD_WEIGHTS', 'int8');
    expect((await generate()).stderr).toMatch(`${fetchIt} --weights int8\n`);
    expect((await generate('--weights', 'int4')).stderr).toMatch(`${fetchIt} --weights int4\n`);
    expect((await generate('--weights', 'auto')).stderr).toMatch(`${fetchIt}\n`);
    vi.stubEnv('BLIPCORD_WEIGHTS', 'int2');
    expect((await generate()).stderr).toMatch(`${fetchIt}\n`);
  });

  it('is to be pulled as it is where it is to be quantised otherwise than a pull does', async () => {
    const { stderr } = await blipcord(['quantize', NAME, '--weights', 'int4', '--keep', 'head=f32']);
    expect(stderr).toMatch(`${fetchIt}\n`);
  });
});

describe('a model that is being pulled', () => {
  it('is not quantised meanwhile', async () => {
    await blipcord(['pull', NAME]);
    const lock = tryLock(cache, NAME);
    const refused = await blipcord(['quantize', NAME, '--weights', 'int8']);
    lock?.release();
    expect(refused.stderr).toBe(
      `Another blipcord is at work on ${NAME}. Wait for the end of that, or end it, and run this again.\n`,
    );
    expect((await blipcord(['quantize', NAME, '--weights', 'int8'])).code).toBe(0);
    expect(readdirSync(folder).filter((name) => name.startsWith('.'))).toEqual([]);
  });
});

async function quantisationOf(weights: WeightPrecision): Promise<Quantisation> {
  const { quantisation } = await readQuantisedWeights(folder, weights);
  if (quantisation === undefined) throw new Error('It says nothing of itself.');
  return quantisation;
}

const generate = (...args: string[]) =>
  blipcord(['generate', '--model', NAME, '--image', image, '--device', 'cpu', ...args]);

function temporaryFolder(): string {
  const made = mkdtempSync(join(tmpdir(), 'blipcord-fewer-bits-'));
  onTestFinished(() => rmSync(made, { recursive: true, force: true }));
  return made;
}
