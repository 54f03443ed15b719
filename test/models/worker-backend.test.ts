import { execFile } from 'node:child_process';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { promisify } from 'node:util';
import { Worker } from 'node:worker_threads';
import sharp from 'sharp';
import { afterEach, describe, expect, it, vi } from 'vitest';
import type { Backend, ImageFeatures, RequestProgress } from '../../models/backend.ts';
import {
  BusyError,
  CheckpointError,
  DeviceError,
  ImageError,
  ModelError,
  NumberError,
  StoppedError,
  ToldError,
} from '../../models/errors.ts';
import { LocalBackend } from '../../models/local-backend.ts';
import { preprocess } from '../../models/preprocess.ts';
import { problem } from '../../models/problems.ts';
import { WorkerBackend } from '../../models/worker-backend.ts';
import { packError, unpackError } from '../../models/worker-errors.ts';
import type { WorkerBackendOptions } from '../../models/worker-protocol.ts';
import { startModelWorker } from '../../models/worker-thread.ts';
import { ask, DOG_AND_PIZZA, LONG, ROCKET } from './backend-contract.ts';
import { crash } from './support/crash.ts';
import { drain } from './support/drain.ts';
import { EMOJI } from './support/goldens.ts';

const OPTIONS: WorkerBackendOptions = { folder: EMOJI, device: 'cpu' };

let opened: Backend[] = [];
afterEach(async () => {
  await Promise.all(opened.map((backend) => backend.close()));
  opened = [];
});

/** A backend and the threads that it has started, the newest last. */
async function open(options = OPTIONS): Promise<{ backend: WorkerBackend; workers: Worker[] }> {
  const workers: Worker[] = [];
  const backend = await WorkerBackend.open(options, (options) => {
    const worker = startModelWorker(options);
    workers.push(worker);
    return worker;
  });
  opened.push(backend);
  return { backend, workers };
}

const answer = async (backend: Backend, features: ImageFeatures, prompt: string, more = {}) =>
  (await drain(backend.generate({ features, prompt, maxNewTokens: 100, ...more }))).result.text;

describe('a request that waits', () => {
  it('hears how many come before it, that its turn has come, and that the model is started anew', async () => {
    const { backend, workers } = await open({ ...OPTIONS, textsAtOnce: 1 });
    const features = await backend.encodeImage(DOG_AND_PIZZA);
    const first = backend.generate({ features, ...LONG });
    await first.next();
    const heard: RequestProgress[] = [];
    const onProgress = (progress: RequestProgress) => void heard.push(progress);
    const request = { features, prompt: ask('Is there a dog?'), maxNewTokens: 5, onProgress };
    const second = drain(backend.generate(request));
    await vi.waitFor(() => expect(heard).toEqual([{ stage: 'waiting', before: 1 }]));
    await drain(first);
    expect((await second).result.text).toBe('yes');
    expect(heard.slice(1)).toEqual([{ stage: 'working' }]);
    crash(workers[0]);
    await vi.waitFor(() =>
      expect(backend.encodeImage(ROCKET, { signal: AbortSignal.abort() })).rejects.toThrow(),
    );
    heard.length = 0;
    await backend
      .encodeImage(ROCKET, { onProgress })
      .catch(() => backend.encodeImage(ROCKET, { onProgress }));
    expect(heard.slice(-2)).toEqual([{ stage: 'loading' }, { stage: 'working' }]);
  });
});

describe('a thread that ends', () => {
  it('fails what was under way and is started anew by the next request', async () => {
    const { backend, workers } = await open();
    const scene = await backend.encodeImage(DOG_AND_PIZZA);
    const tokens = backend.generate({ features: scene, ...LONG });
    await tokens.next();
    const image = backend.encodeImage(ROCKET);
    const failures = [drain(tokens), image].map((promise) => promise.catch((error: unknown) => error));
    crash(workers[0]);
    for (const error of await Promise.all(failures)) {
      expect(error).toBeInstanceOf(StoppedError);
      expect((error as StoppedError).message).toMatch(
        /^The model's thread was ended by Error: Unable to deserialize .* Ask again: the next question starts it anew\.$/,
      );
    }
    const [first, second] = await Promise.all([
      answer(backend, scene, ask('Is there a dog?')),
      answer(backend, scene, ask('Is there a car?')),
    ]);
    expect([first, second]).toEqual(['yes', 'no']);
    expect(workers).toHaveLength(2); // one new thread for both
  });

  it('is not waited for when it ends as soon as it has loaded', async () => {
    const script = `
      require('node:worker_threads').parentPort.postMessage({ type: 'result', id: 0, result: {} });
      process.exit(3);`;
    const backend = await WorkerBackend.open(OPTIONS, () => new Worker(script, { eval: true }));
    await expect(backend.encodeImage(ROCKET)).rejects.toThrow('was ended with exit code 3.');
    await backend.close();
  });

  it('is not started again for ever, whether it ends at a question or while it loads', async () => {
    const whenAsked = `
      const { parentPort } = require('node:worker_threads');
      parentPort.once('message', () => process.exit(3));
      parentPort.postMessage({ type: 'result', id: 0, result: {} });`;
    const whileLoading = 'process.exit(3);';
    const workers: Worker[] = [];
    const start = () => {
      const worker = new Worker(workers.length % 2 === 0 ? whenAsked : whileLoading, { eval: true });
      workers.push(worker);
      return worker;
    };
    const backend = await WorkerBackend.open(OPTIONS, start);
    for (let times = 0; times < 4; times++) {
      await expect(backend.encodeImage(ROCKET)).rejects.toThrow(StoppedError);
    }
    await expect(backend.encodeImage(ROCKET)).rejects.toThrow(
      "The model's thread ended 4 times without an answer. Find out why, then start the program again.",
    );
    expect(workers).toHaveLength(4);
    expect((await backend.failed).message).toMatch(/start the program again/);
  });
});

describe('a thread that hangs', () => {
  /** Loads, and then never comes back. */
  const hanging = `
    const { parentPort, workerData } = require('node:worker_threads');
    parentPort.on('message', () => { for (;;) Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0); });
    parentPort.postMessage({ type: 'result', id: 0, result: {} });`;

  it('is left for another one some time after the deadline of a request, and not waited for at the end', async () => {
    const workers: Worker[] = [];
    const start = (options: WorkerBackendOptions) => {
      const isFirst = workers.length === 0;
      const worker = isFirst ? new Worker(hanging, { eval: true }) : startModelWorker(options);
      workers.push(worker);
      return worker;
    };
    const backend = await WorkerBackend.open(OPTIONS, start, 50);
    opened.push(backend);
    await expect(backend.encodeImage(ROCKET, { deadlineMs: 1 })).rejects.toThrow(
      new StoppedError(
        "The model's thread gave no answer in 1 seconds. Ask again: the next question starts it anew.",
      ),
    );
    expect((await backend.encodeImage(ROCKET)).queryTokens).toBe(16);
    await workers[0]?.terminate();
  });

  it('is not waited for when the backend is closed', async () => {
    let hung: Worker | undefined;
    const start = () => {
      hung = new Worker(hanging, { eval: true });
      return hung;
    };
    const backend = await WorkerBackend.open(OPTIONS, start, 50);
    await expect(backend.encodeImage(ROCKET, { deadlineMs: 1 })).rejects.toBeInstanceOf(StoppedError);
    await backend.close();
    await hung?.terminate();
  });
});

describe('closing', () => {
  it('ends the thread, fails what was under way and refuses what comes later', async () => {
    const { backend, workers } = await open();
    let exitCode: number | undefined;
    workers[0]?.on('exit', (code) => {
      exitCode = code;
    });
    const image = backend.encodeImage(ROCKET).catch((error: unknown) => error);
    await new Promise(setImmediate);
    await backend.close();
    expect(exitCode).toBe(0);
    expect(await image).toMatchObject({ message: 'The model was closed before it had answered.' });
    await expect(backend.encodeImage(ROCKET)).rejects.toThrow('The model is closed. Open it again.');
    await backend.close();
  });

  it('is not needed for the process to end', { timeout: 90_000 }, async () => {
    const script = `
      import { readFileSync } from 'node:fs';
      import { WorkerBackend } from './models/worker-backend.ts';
      const backend = await WorkerBackend.open({ folder: 'models/emoji', device: 'cpu' });
      const { data } = await backend.encodeImage(readFileSync('test/fixtures/scene3.png'));
      console.log(data.length);`;
    const run = promisify(execFile);
    const { stdout } = await run(process.execPath, ['--import', 'tsx', '--input-type=module', '-e', script], {
      cwd: new URL('../..', import.meta.url),
      timeout: 60_000, // one that is kept alive would never end, one on a busy machine ends late
    });
    expect(stdout).toBe(`${16 * 192}\n`);
  });
});

describe('an abort', () => {
  it('is answered at once for a request that still waits for its turn', async () => {
    const { backend } = await open();
    const features = await backend.encodeImage(DOG_AND_PIZZA);
    const long = [1, 2].map(() => answer(backend, features, LONG.prompt, LONG));
    const controller = new AbortController();
    const waiting = drain(
      backend.generate({ features, prompt: '', maxNewTokens: 9, signal: controller.signal }),
    );
    await new Promise(setImmediate);
    controller.abort(new Error('changed my mind'));
    const first = await Promise.race([waiting.catch((error: Error) => error.message), ...long]);
    expect(first).toBe('changed my mind');
    expect(await Promise.all(long)).toHaveLength(2);
  });
});

describe('a listener that leaves early', () => {
  it('aborts the generation in the thread', async () => {
    const { backend, workers } = await open();
    const features = await backend.encodeImage(DOG_AND_PIZZA);
    const messages = vi.spyOn(workers[0] as Worker, 'postMessage');
    for await (const _ of backend.generate({ features, ...LONG })) break;
    expect(messages.mock.calls.map(([{ type }]) => type)).toEqual(['call', 'abort']);
  });
});

describe('errors', () => {
  it('of a folder that is no checkpoint keep their class', async () => {
    const opening = open({ folder: '/nowhere/at-all', device: 'cpu' });
    await expect(opening).rejects.toBeInstanceOf(CheckpointError);
    await expect(opening).rejects.toThrow('There is no folder /nowhere/at-all.');
  });

  it('of the limits reach the caller', async () => {
    const { backend } = await open({ ...OPTIONS, limits: { maxPixels: 100_000 } });
    const encoding = backend.encodeImage(ROCKET);
    await expect(encoding).rejects.toBeInstanceOf(ImageError);
    await expect(encoding).rejects.toThrow('at most 100,000 pixels, got 448 x 448');
  });

  it.each([
    new ModelError('model'),
    new CheckpointError('checkpoint', { cause: new RangeError('deep', { cause: 'deeper' }) }),
    new DeviceError('device'),
    new BusyError(problem('tooBusy', { limit: 'a minute', wait: { amount: 5, unit: 'second' } })),
    new StoppedError('stopped'),
    new ImageError(problem('fileEmpty')),
    new NumberError('number'),
    new TypeError('type'),
    Object.assign(new Error('refused'), { name: 'AbortError' }),
  ])('travel with class, name, message, stack and cause: $name', (error) => {
    const arrived = unpackError(structuredClone(packError(error)));
    expect(arrived).toBeInstanceOf(error.constructor);
    expect(arrived).toMatchObject({ name: error.name, message: error.message, stack: error.stack });
    if (error instanceof ToldError) expect(arrived).toMatchObject({ saying: error.saying });
    if (!(error instanceof CheckpointError)) return expect(arrived.cause).toBeUndefined();
    expect(arrived.cause).toBeInstanceOf(RangeError);
    expect(arrived.cause).toMatchObject({ message: 'deep', cause: { message: 'deeper' } });
  });
});

describe("the caller's event loop", () => {
  it('stays free while the model works, which it does not on one thread', async () => {
    const large = await sharp({ create: { width: 5000, height: 4000, channels: 3, background: 'tomato' } })
      .png()
      .toBuffer();
    const local = await LocalBackend.open(EMOJI, { preprocess });
    opened.push(local);
    const { backend } = await open();
    const blocked = await longestLagMs(() => local.encodeImage(large));
    const free = await longestLagMs(() => backend.encodeImage(large));
    expect(blocked).toBeGreaterThan(100); // one pass over 20 million pixels
    expect(free).toBeLessThan(blocked / 2);
  });
});

async function longestLagMs(work: () => Promise<unknown>): Promise<number> {
  const lag = monitorEventLoopDelay({ resolution: 5 });
  lag.enable();
  await work();
  await new Promise((resolve) => setTimeout(resolve, 10)); // let the last gap be counted
  lag.disable();
  return lag.max / 1e6;
}
