import { describe, expect, it, vi } from 'vitest';
import { FeatureCache, imageHashOf } from '../../conversation/features.ts';
import { openStore } from '../../conversation/store.ts';
import { ImageError } from '../../models/errors.ts';
import { problem } from '../../models/problems.ts';
import { recordLog } from '../support/logs.ts';
import { fakeBackend, featuresOf } from './fake-backend.ts';

const red = Uint8Array.of(1, 2, 3);
const blue = Uint8Array.of(2, 2, 3);

describe('FeatureCache', () => {
  it('goes by the SHA-256 of the file', async () => {
    const cache = new FeatureCache({ backend: fakeBackend(), store: openStore('memory:') });
    expect(await cache.see(red)).toBe('039058c6f2c0cb492c533b0a4d14ef77cc0f78abccced5287d84a1a2011cfb81');
    expect(await cache.see(blue)).not.toBe(await cache.see(red));
  });

  it('keeps each frame of an animation for itself, with its place', async () => {
    const store = openStore('memory:');
    const backend = fakeBackend();
    const place = { number: 3, count: 4 };
    backend.encodeImage = async (image, { frame } = {}) => ({
      ...featuresOf(image),
      ...(frame && { frame: place }),
    });
    const cache = new FeatureCache({ backend, store });
    const [whole, third] = [await cache.see(red), await cache.see(red, { frame: { number: 3 } })];
    expect(third).toBe(`${whole}@3`);
    const again = new FeatureCache({ backend: fakeBackend(), store });
    expect((await again.find(whole))?.frame).toBeUndefined();
    expect((await again.find(third))?.frame).toEqual(place);
    await again.forget(third);
    expect([await again.find(third), (await again.find(whole))?.width]).toEqual([undefined, 4]);
  });

  it('encodes an image once, also when several ask at once', async () => {
    const backend = fakeBackend();
    const cache = new FeatureCache({ backend, store: openStore('memory:') });
    const [key] = await Promise.all([cache.see(red), cache.see(red), cache.see(Uint8Array.from(red))]);
    await cache.see(red);
    expect(backend.encoded).toEqual([red]);
    expect(await cache.find(key)).toEqual(featuresOf(red));
  });

  it('gives back the very same numbers from the store after a restart', async () => {
    const store = openStore('memory:');
    const key = await new FeatureCache({ backend: fakeBackend(), store }).see(red);
    const backend = fakeBackend();
    const found = await new FeatureCache({ backend, store }).find(key);
    expect(found).toEqual(featuresOf(red));
    expect(backend.encoded).toEqual([]);
  });

  it('never serves the features of another checkpoint', async () => {
    const store = openStore('memory:');
    const key = await new FeatureCache({ backend: fakeBackend({ fingerprint: 'one' }), store }).see(red);
    const other = new FeatureCache({ backend: fakeBackend({ fingerprint: 'two' }), store });
    expect(await other.find(key)).toBeUndefined();
  });

  it('holds no more in memory than its bound, and finds the rest in the store', async () => {
    const store = openStore('memory:');
    const get = vi.spyOn(store.namespace('features').store, 'get');
    const oneImage = featuresOf(red).data.byteLength;
    const cache = new FeatureCache({ backend: fakeBackend(), store, maxMemoryBytes: oneImage });
    const [first, second] = [await cache.see(red), await cache.see(blue)];
    get.mockClear();
    await cache.find(second);
    expect(get).not.toHaveBeenCalled();
    expect(await cache.find(first)).toEqual(featuresOf(red));
    expect(get).toHaveBeenCalledOnce();
  });

  it('forgets features in the store after their time', async () => {
    vi.useFakeTimers({ toFake: ['Date'] });
    const store = openStore('memory:');
    const key = await new FeatureCache({ backend: fakeBackend(), store, keepMs: 1000 }).see(red);
    vi.setSystemTime(Date.now() + 1001);
    expect(await new FeatureCache({ backend: fakeBackend(), store }).find(key)).toBeUndefined();
    vi.useRealTimers();
  });

  it('encodes an image again where what was kept of it is damaged, and says so', async () => {
    const store = openStore('memory:');
    const key = await new FeatureCache({ backend: fakeBackend(), store }).see(red);
    const [kept] = [await store.namespace<object>('features').get(`fake:${key}`)];
    for (const damage of [{ base64: 'AAAA' }, { width: -4 }, { queryTokens: 'many' }]) {
      await store.namespace('features').set(`fake:${key}`, { ...kept, ...damage });
      const log = recordLog();
      const backend = fakeBackend();
      const cache = new FeatureCache({ backend, store, log });
      expect(await cache.find(key)).toBeUndefined();
      expect(log.lines).toMatchObject([{ level: 'warn', fields: { imageHash: key } }]);
      await cache.see(red);
      expect(await new FeatureCache({ backend: fakeBackend(), store }).find(key)).toEqual(featuresOf(red));
    }
  });

  it('stops waiting when aborted, while the others still get theirs', async () => {
    const backend = fakeBackend();
    const cache = new FeatureCache({ backend, store: openStore('memory:') });
    const reason = new Error('Nobody waits any more.');
    const aborting = new AbortController();
    const [aborted, patient] = [cache.see(red, { signal: aborting.signal }), cache.see(red)];
    aborting.abort(reason);
    await expect(aborted).rejects.toBe(reason);
    expect(await cache.find(await patient)).toEqual(featuresOf(red));
    expect(backend.encoded).toHaveLength(1);
  });

  it('ends the run when all have stopped waiting, and begins another for whoever asks then', async () => {
    const backend = fakeBackend();
    const signals: AbortSignal[] = [];
    const { encodeImage } = backend;
    backend.encodeImage = async (image, options = {}) => {
      if (options.signal) signals.push(options.signal);
      return encodeImage(image, options);
    };
    const cache = new FeatureCache({ backend });
    const aborting = new AbortController();
    const calls = [1, 2].map(() => cache.see(red, { signal: aborting.signal }));
    const ended = Promise.all(calls.map((call) => expect(call).rejects.toThrow('abort')));
    await Promise.resolve();
    aborting.abort();
    await ended;
    expect(signals.map(({ aborted }) => aborted)).toEqual([true]);
    expect(await cache.find(await cache.see(red))).toEqual(featuresOf(red));
    expect(signals.map(({ aborted }) => aborted)).toEqual([true, true]); // nobody waits any more
    expect(backend.encoded).toHaveLength(2);
  });

  it('forgets for good what a run that everybody left still makes', async () => {
    const backend = fakeBackend();
    const store = openStore('memory:');
    const cache = new FeatureCache({ backend, store });
    const aborting = new AbortController();
    const left = expect(cache.see(red, { signal: aborting.signal })).rejects.toThrow('abort');
    await new Promise((resolve) => setImmediate(resolve));
    aborting.abort();
    await left;
    await cache.forget(imageHashOf(red));
    await new Promise((resolve) => setTimeout(resolve, 20));
    expect(backend.encoded).toHaveLength(1);
    expect(await cache.find(imageHashOf(red))).toBeUndefined();
  });

  it('tells all who wait how far it is, and nobody who left', async () => {
    const backend = fakeBackend();
    const { encodeImage } = backend;
    backend.encodeImage = async (image, options = {}) => {
      options.onProgress?.({ stage: 'waiting', before: 1 });
      await new Promise((resolve) => setTimeout(resolve, 10));
      return encodeImage(image, options);
    };
    const cache = new FeatureCache({ backend });
    const [hasty, patient] = [vi.fn(), vi.fn()];
    const aborting = new AbortController();
    const left = expect(cache.see(red, { signal: aborting.signal, onProgress: hasty })).rejects.toThrow();
    const seen = cache.see(red, { onProgress: patient });
    await Promise.resolve();
    await Promise.resolve();
    aborting.abort();
    await left;
    await seen;
    expect(patient.mock.lastCall).toEqual([{ stage: 'working' }]);
    expect(hasty).not.toHaveBeenCalledWith({ stage: 'working' });
  });

  it('tries an image again that could not be read before', async () => {
    const backend = fakeBackend();
    const unreadable = new ImageError(problem('fileNoImage'));
    const encodeImage = vi.spyOn(backend, 'encodeImage').mockRejectedValueOnce(unreadable);
    const cache = new FeatureCache({ backend, store: openStore('memory:') });
    await expect(cache.see(red)).rejects.toBe(unreadable);
    await cache.see(red);
    expect(encodeImage).toHaveBeenCalledTimes(2);
  });
});
