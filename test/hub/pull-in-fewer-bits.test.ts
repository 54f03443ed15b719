// What a pull in fewer bits keeps, wherever it was ended: those alone, unless the wide weights were there or are wanted.
import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { WeightPrecision } from '../../models/backend.ts';
import { readCheckpoint } from '../../models/checkpoint/checkpoint.ts';
import { markPassing } from '../../models/checkpoint/passing-weights.ts';
import { findSnapshot, repositoryFolder } from '../../src/hub/hub-cache.ts';
import type { ModelId } from '../../src/hub/model-id.ts';
import type { PullReporter } from '../../src/hub/pull-reporter.ts';
import { readGolden, writeCheckpoint } from '../models/support/goldens.ts';
import { commitOf, type Files, readFiles } from '../support/local-hub.ts';
import {
  emoji,
  fileRequests,
  ID,
  NAME,
  needed,
  openHub,
  type Stage,
  size,
  temporaryFolder,
  WEIGHTS,
} from './open-hub.ts';

describe('a pull in fewer bits', () => {
  const SMALL = 'model.int8.safetensors';
  const FEWEST = 'model.int4.safetensors';
  const VERSION = /(?<=version\\)":1/;
  const blobs = (cache: string) => readdirSync(join(repositoryFolder(cache, NAME), 'blobs'));
  const weightsIn = (folder: string) =>
    readdirSync(folder)
      .filter((name) => name.startsWith('model.'))
      .sort();
  const silent: PullReporter = { begin() {}, advance() {}, end() {}, note() {} };

  async function endWhileWriting(run: Stage['run'], weights: WeightPrecision, id?: ModelId): Promise<void> {
    const controller = new AbortController();
    const reporter: PullReporter = {
      ...silent,
      begin: (_total, _here, work) => work === 'writing' && controller.abort(new Error('enough')),
    };
    await expect(run({ weights, signal: controller.signal, reporter }, id)).rejects.toThrow('enough');
  }

  async function endWhileFetching(run: Stage['run'], weights: WeightPrecision): Promise<void> {
    const controller = new AbortController();
    const reporter = { ...silent, advance: () => controller.abort(new Error('enough')) };
    await expect(run({ weights, signal: controller.signal, reporter })).rejects.toThrow('enough');
  }

  const sizeOf = (cache: string, blob: string) =>
    statSync(join(repositoryFolder(cache, NAME), 'blobs', blob)).size;

  function linkAside(cache: string, path: string): void {
    const blob = blobs(cache).find((one) => sizeOf(cache, one) === size) ?? '';
    symlinkSync(join(repositoryFolder(cache, NAME), 'blobs', blob), path);
  }

  it('keeps those alone, which then are the model, and fetches nothing twice', async () => {
    const { cache, hub, run, reports } = await openHub();
    const { folder, bytes } = await run({ weights: 'int8' });
    const kept = [...needed.keys()].filter((name) => name !== WEIGHTS);
    expect(readdirSync(folder).sort()).toEqual([...kept, SMALL].sort());
    expect(blobs(cache)).toHaveLength(needed.size - 1);
    expect(bytes).toBe(readdirSync(folder).reduce((sum, name) => sum + statSync(join(folder, name)).size, 0));
    expect(findSnapshot(cache, ID)).toEqual({ folder, missing: [] });
    expect((await readCheckpoint(folder)).weights.quantisation?.weights).toBe('int8');
    expect(reports.filter(({ kind }) => kind === 'begin').map((report) => report.bytes)).toEqual([
      size,
      statSync(join(folder, SMALL)).size,
    ]);
    const before = fileRequests(hub).length;
    expect(await run({ weights: 'int8' })).toMatchObject({ folder, bytes });
    expect(fileRequests(hub)).toHaveLength(before);
  });

  it('leaves the weights that were there before', async () => {
    const { cache, run } = await openHub();
    const { folder } = await run();
    await run({ weights: 'int8' });
    expect(readdirSync(folder).sort()).toEqual([...needed.keys(), SMALL].sort());
    expect(blobs(cache)).toHaveLength(needed.size);
  });

  it('leaves weights that another revision has as well', async () => {
    const { cache, hub, run } = await openHub();
    const old = await run();
    hub.commit(NAME, new Map([...emoji, ['generation_config.json', Buffer.from('{"max_new_tokens":3}')]]));
    const { folder } = await run({ weights: 'int8' });
    expect(existsSync(join(folder, WEIGHTS))).toBe(false);
    expect(readFileSync(join(old.folder, WEIGHTS)).length).toBe(size);
    expect(findSnapshot(cache, { name: NAME, revision: old.commit })?.missing).toEqual([]);
  });

  it.each([
    ['cut off', (file: Buffer) => file.subarray(0, 200_000)],
    [
      'of another version',
      (file: Buffer) => Buffer.from(file.toString('latin1').replace(VERSION, '":9'), 'latin1'),
    ],
    ['something else', () => Buffer.from('garbage')],
  ])('makes anew what is %s', async (_, damage) => {
    const { run } = await openHub();
    const { folder, bytes } = await run({ weights: 'int8' });
    const path = join(folder, SMALL);
    const whole = readFileSync(path);
    writeFileSync(path, damage(whole));
    expect(readFileSync(path).equals(whole)).toBe(false);
    expect(await run({ weights: 'int8' })).toMatchObject({ folder, bytes });
    const made = readFileSync(path); // whose header tells of another file's time
    expect(made.length).toBe(whole.length);
    expect(behindHeader(made).equals(behindHeader(whole))).toBe(true);
    expect(existsSync(join(folder, WEIGHTS))).toBe(false);
  });

  it('goes on after it was ended while it wrote, and still keeps nothing else', async () => {
    const { hub, run } = await openHub();
    await endWhileWriting(run, 'int8');
    const before = fileRequests(hub).length;
    const { folder } = await run({ weights: 'int8' });
    expect(fileRequests(hub)).toHaveLength(before);
    expect(readdirSync(folder)).toContain(SMALL);
    expect(readdirSync(folder).filter((name) => name === WEIGHTS || name.includes('partial'))).toEqual([]);
  });

  it('keeps nothing else either where it was ended as a second precision', async () => {
    const { run } = await openHub();
    await run({ weights: 'int8' });
    await endWhileWriting(run, 'int4');
    expect(weightsIn((await run({ weights: 'int4' })).folder)).toEqual([FEWEST, SMALL]);
  });

  it('keeps nothing else either where it was ended of a commit', async () => {
    const { cache, run } = await openHub();
    const id = { name: NAME, revision: commitOf(emoji) };
    await endWhileWriting(run, 'int8', id);
    expect(weightsIn((await run({ weights: 'int8' }, id)).folder)).toEqual([SMALL]);
    expect(blobs(cache)).toHaveLength(needed.size - 1);
  });

  it.each(['int8', 'int4', 'f16'] as const)(
    'keeps nothing of a run in 4 bits that was ended, where the next is in %s',
    async (weights) => {
      const { cache, run } = await openHub();
      await run({ weights: 'int8' });
      await endWhileWriting(run, 'int4');
      const { folder } = await run({ weights });
      expect(weightsIn(folder)).toEqual([...new Set([SMALL, `model.${weights}.safetensors`])].sort());
      expect(blobs(cache)).toHaveLength(needed.size - 1);
      expect(readdirSync(repositoryFolder(cache, NAME)).sort()).toEqual(['blobs', 'refs', 'snapshots']);
    },
  );

  it('lets what it fetched go where it was ended as soon as all was written', async () => {
    const { cache, run } = await openHub();
    const { folder } = await run();
    await run({ weights: 'int8' });
    markPassing(folder);
    await run({ weights: 'int8' });
    expect(weightsIn(folder)).toEqual([SMALL]);
    expect(blobs(cache)).toHaveLength(needed.size - 1);
  });

  it('lets go what it fetched in part, where the next run has all that it is asked for', async () => {
    const { cache, run } = await openHub();
    await run({ weights: 'int8' });
    await endWhileFetching(run, 'int4');
    expect(blobs(cache)).toContainEqual(expect.stringMatching(/\.incomplete$/));
    await run({ weights: 'int8' });
    expect(blobs(cache)).toHaveLength(needed.size - 1);
  });

  describe.each([
    ['the same weights', { 'generation_config.json': Buffer.from('{"max_new_tokens":3}') }],
    ['other weights', { [WEIGHTS]: otherWeights() }],
  ])('of a model that then got a commit with %s', (_, change) => {
    const moved: Files = new Map([...emoji, ...Object.entries(change)]);
    const left = (cache: string) => readdirSync(repositoryFolder(cache, NAME)).sort();

    it('keeps nothing of those it fetched before', async () => {
      const { cache, hub, run } = await openHub();
      await endWhileWriting(run, 'int8');
      hub.commit(NAME, moved);
      const { folder } = await run({ weights: 'int8' });
      expect(weightsIn(folder)).toEqual([SMALL]);
      expect(weightsIn(join(folder, '..', commitOf(emoji)))).toEqual([]);
      expect(blobs(cache).filter((blob) => sizeOf(cache, blob) === size)).toEqual([]);
      expect(left(cache)).toEqual(['blobs', 'refs', 'snapshots']);
    });

    it('keeps nothing of those that came in part before', async () => {
      const { cache, hub, run } = await openHub();
      await endWhileFetching(run, 'int8');
      hub.commit(NAME, moved);
      await run({ weights: 'int8' });
      expect(blobs(cache)).not.toContainEqual(expect.stringMatching(/\.incomplete$/));
      expect(left(cache)).toEqual(['blobs', 'refs', 'snapshots']);
    });

    it('keeps those of before that a plain pull wanted', async () => {
      const { cache, hub, run } = await openHub();
      await endWhileWriting(run, 'int8');
      const old = await run();
      hub.commit(NAME, moved);
      expect(weightsIn((await run({ weights: 'int8' })).folder)).toEqual([SMALL]);
      expect(findSnapshot(cache, { name: NAME, revision: old.commit })?.missing).toEqual([]);
    });
  });

  it('lets go also where a kill left the mark empty', async () => {
    const { cache, hub, run } = await openHub();
    const old = await run();
    markPassing(old.folder);
    hub.commit(NAME, new Map([...emoji, [WEIGHTS, otherWeights()]]));
    await run({ weights: 'int8' });
    expect(weightsIn(old.folder)).toEqual([]);
    expect(blobs(cache).filter((blob) => sizeOf(cache, blob) === size)).toEqual([]);
  });

  it('lets go of shards as of a single file', async () => {
    const checkpoint = temporaryFolder();
    await writeCheckpoint(checkpoint, readGolden('bf16-sharded'));
    const sharded = readFiles(checkpoint);
    const { hub, run } = await openHub({ models: { [NAME]: sharded } });
    await endWhileWriting(run, 'int8');
    hub.commit(NAME, new Map([...sharded, ['generation_config.json', Buffer.from('{"max_new_tokens":3}')]]));
    const { folder } = await run({ weights: 'int8' });
    const index = `${WEIGHTS}.index.json`;
    expect(weightsIn(folder)).toEqual([SMALL, index]);
    expect(weightsIn(join(folder, '..', commitOf(sharded)))).toEqual([index]);
  });

  it('lets go also where a kill left the link to the weights under its first name', async () => {
    const { cache, hub, run } = await openHub();
    const old = await run();
    rmSync(join(old.folder, WEIGHTS));
    linkAside(cache, join(old.folder, `${WEIGHTS}.new`));
    hub.commit(NAME, new Map([...emoji, ['generation_config.json', Buffer.from('{"max_new_tokens":3}')]]));
    await run({ weights: 'int8' });
    expect(weightsIn(old.folder)).toEqual([]);
    expect(blobs(cache).filter((blob) => sizeOf(cache, blob) === size)).toEqual([]);
  });

  it('takes only folders for snapshots', async () => {
    const { cache, run } = await openHub();
    mkdirSync(join(repositoryFolder(cache, NAME), 'snapshots'), { recursive: true });
    writeFileSync(join(repositoryFolder(cache, NAME), 'snapshots', '.DS_Store'), 'of macOS');
    expect(weightsIn((await run({ weights: 'int8' })).folder)).toEqual([SMALL]);
    expect(blobs(cache)).toHaveLength(needed.size - 1);
  });

  it('leaves weights that another revision has in a folder of its own', async () => {
    const { cache, hub, run } = await openHub();
    const old = await run();
    rmSync(join(old.folder, WEIGHTS));
    mkdirSync(join(old.folder, 'wide'));
    linkAside(cache, join(old.folder, 'wide', WEIGHTS));
    hub.commit(NAME, new Map([...emoji, ['generation_config.json', Buffer.from('{"max_new_tokens":3}')]]));
    await run({ weights: 'int8' });
    expect(readFileSync(join(old.folder, 'wide', WEIGHTS)).length).toBe(size);
  });

  it('leaves by default those in use that were there before, until it has ended', async () => {
    const { run } = await openHub();
    const { folder } = await run({ weights: 'int8' });
    await endWhileWriting(run, 'int4');
    expect(weightsIn(folder)).toContain(WEIGHTS);
    expect((await readCheckpoint(folder)).weights.quantisation?.weights).toBe('int8');
    rmSync(join(folder, SMALL));
    expect((await readCheckpoint(folder)).weights.quantisation).toBeUndefined();
  });

  it('leaves the weights that a plain pull wanted after it was ended', async () => {
    const { run } = await openHub();
    await endWhileWriting(run, 'int8');
    await run();
    expect(weightsIn((await run({ weights: 'int8' })).folder)).toEqual([SMALL, WEIGHTS]);
  });

  it('leaves the weights that were there under another name of the commit', async () => {
    const { run } = await openHub();
    await run({}, { name: NAME, revision: commitOf(emoji) });
    expect(weightsIn((await run({ weights: 'int8' })).folder)).toEqual([SMALL, WEIGHTS]);
  });

  it('leaves what it wrote until it was ended, beside weights that stay', async () => {
    const { run } = await openHub();
    const { folder } = await run();
    await endWhileWriting(run, 'int4');
    await run({ weights: 'int8' });
    expect(weightsIn(folder)).toContainEqual(expect.stringContaining(`${FEWEST}-`));
  });
});

const behindHeader = (file: Buffer) => file.subarray(8 + Number(file.readBigUInt64LE()));

function otherWeights(): Buffer {
  const weights = Buffer.from(needed.get(WEIGHTS) ?? []);
  const last = weights.length - 4; // the least byte of the last number
  weights.writeUInt8(weights.readUInt8(last) ^ 1, last);
  return weights;
}
