// What opening a model does on a device that isn't the CPU: what it tries there, and what it leaves where that fails.
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { InferenceSession } from 'onnxruntime-node';
import { afterEach, expect, it, onTestFinished, vi } from 'vitest';
import { readCheckpoint } from '../../models/checkpoint/checkpoint.ts';
import { PrefixCache, type TextKey } from '../../models/decoder/prefix-cache.ts';
import type { Device } from '../../models/device.ts';
import { DeviceError, WholeAnswerError } from '../../models/errors.ts';
import { CPU_DEVICE } from '../../models/local-backend.ts';
import { Matcher } from '../../models/matcher.ts';
import { openModel } from '../../models/open-model.ts';
import { openAll } from '../../models/sessions.ts';
import { EMOJI, readRetrievalGolden, writeCheckpoint } from './support/goldens.ts';

afterEach(() => vi.restoreAllMocks());

/** It says that it is CUDA, and computes on the CPU. */
const pretended: Device = {
  report: { device: 'cuda', precision: 'f32', fallbacks: [] },
  sessionOptions: { executionProviders: ['cpu'] },
};

/** Notes the sessions that are open, and what runs in them. @param beforeRun may throw */
function watchSessions(beforeRun: (feeds: InferenceSession.FeedsType) => void) {
  const open = new Set<InferenceSession>();
  const create = InferenceSession.create.bind(InferenceSession) as (
    ...args: unknown[]
  ) => Promise<InferenceSession>;
  vi.spyOn(InferenceSession, 'create').mockImplementation(async (...args: unknown[]) => {
    const session = await create(...args);
    open.add(session);
    const { run, release } = { run: session.run.bind(session), release: session.release.bind(session) };
    return Object.assign(session, {
      run: async (...of: Parameters<InferenceSession['run']>) => {
        beforeRun(of[0]);
        return run(...of);
      },
      release: async () => {
        open.delete(session);
        await release();
      },
    });
  });
  return open;
}

const moreOf = ({ more }: InferenceSession.FeedsType) =>
  Number((more?.data as BigInt64Array | undefined)?.[0]);

it('tries a step and a whole answer, and gives all sessions back where the device holds no node', async () => {
  const more: number[] = [];
  const positions: (number | undefined)[] = [];
  const open = watchSessions((feeds) => {
    if (!('more' in feeds)) return;
    more.push(moreOf(feeds));
    positions.push(feeds.rows?.dims[1]);
  });
  const opening = openModel(await readCheckpoint(EMOJI), pretended);
  await expect(opening).rejects.toThrow(DeviceError);
  await expect(opening).rejects.toThrow('onnxruntime placed no node of the model on cuda.');
  expect(more).toEqual([0, 0, 1]);
  expect(positions[2]).toBe(positions[0]); // a prompt to read, too
  expect(open.size).toBe(0);
});

it('tells a whole answer that fails from a model that does, and tries none where that is known', async () => {
  const open = watchSessions((feeds) => {
    if (moreOf(feeds) > 0) throw new Error('no Loop here');
  });
  const checkpoint = await readCheckpoint(EMOJI);
  await expect(openModel(checkpoint, pretended)).rejects.toThrow(WholeAnswerError);
  await expect(openModel(checkpoint, { ...pretended, writesWhole: false })).rejects.toThrow(DeviceError);
  expect(open.size).toBe(0);
});

it('counts and keeps nothing of what it tries', async () => {
  const prefixes = new PrefixCache(2 ** 28);
  const kept: TextKey[] = [];
  const keep = prefixes.keep.bind(prefixes);
  vi.spyOn(prefixes, 'keep').mockImplementation((...text) => {
    kept.push(text[0]);
    keep(...text);
  });
  const opening = openModel(await readCheckpoint(EMOJI), { ...pretended, writesWhole: false }, prefixes);
  await expect(opening).rejects.toThrow(DeviceError);
  expect(kept).toHaveLength(1);
  expect(prefixes.reuse).toEqual({ positions: 0, reused: 0 });
  for (const { picture, ids } of kept) expect(prefixes.longest(picture, ids)).toBeUndefined();
});

it('tries a checkpoint that matches as well', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'blipcord-open-model-'));
  onTestFinished(() => rm(folder, { recursive: true }));
  await writeCheckpoint(folder, readRetrievalGolden('plain'));
  let isFull = false;
  const open = watchSessions(() => {
    if (isFull) throw new Error('CUDA failure 2: out of memory');
  });
  const options = { preprocess: async () => new Float32Array() };
  const opening = Matcher.open(folder, { ...options, device: pretended });
  await expect(opening).rejects.toThrow(
    'onnxruntime placed no node of the model on cuda. Choose cpu or auto.',
  );
  expect(open.size).toBe(0);
  isFull = true;
  const failing = Matcher.open(folder, { ...options, device: pretended });
  await expect(failing).rejects.toThrow("The model doesn't run on cuda: CUDA failure 2: out of memory.");
  expect(open.size).toBe(0);
  const fallBack = async (fallbacks: Device['report']['fallbacks']) => ({
    ...CPU_DEVICE,
    report: { ...CPU_DEVICE.report, fallbacks },
  });
  const matcher = await Matcher.open(folder, { ...options, device: { ...pretended, fallBack } });
  expect(matcher.device.device).toBe('cpu');
  expect(matcher.device.fallbacks).toHaveLength(1);
  await matcher.close();
});

it('gives the others back where one session cannot be, and tells what was wrong at first', async () => {
  const released: number[] = [];
  let count = 0;
  const open = async () => {
    const number = count++;
    const release = async () => {
      if (number === 0) throw new Error('CUDA failure 700');
      released.push(number);
    };
    return { release } as unknown as InferenceSession;
  };
  const failing = openAll(open, async (one) => {
    for (let session = 0; session < 3; session++) await one(new Uint8Array());
    throw new Error('out of memory');
  });
  await expect(failing).rejects.toThrow('out of memory');
  expect(released).toEqual([1, 2]);
});

it('several sessions stay open where all goes well', async () => {
  const released: number[] = [];
  let count = 0;
  const open = async () => {
    const number = count++;
    return { release: async () => void released.push(number) } as unknown as InferenceSession;
  };
  await openAll(open, async (one) => [await one(new Uint8Array()), await one(new Uint8Array())]);
  expect(released).toEqual([]);
  const failing = openAll(open, async (one) => {
    await one(new Uint8Array());
    throw new Error('out of memory');
  });
  await expect(failing).rejects.toThrow('out of memory');
  expect(released).toEqual([2]);
});
