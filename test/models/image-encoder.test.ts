// Which pictures go through the graph together.
import { type InferenceSession, Tensor } from 'onnxruntime-node';
import { describe, expect, it } from 'vitest';
import { NumberError } from '../../models/errors.ts';
import { ImageEncoder, PICTURES_AT_ONCE } from '../../models/image-encoder.ts';

const shape = { side: 1, queryTokens: 2, width: 1 };

/** Says of each picture its first two numbers; notes how many it was given at once. */
function encoder(release = async () => {}) {
  const runs: number[] = [];
  const failures: Error[] = [];
  const run = async ({ pixels }: InferenceSession.FeedsType) => {
    const { dims, data: numbers } = pixels as Tensor;
    const [count = 0] = dims;
    runs.push(count);
    const failure = failures.pop();
    if (failure) throw failure;
    const data = (numbers as Float32Array).filter((_, at) => at % 3 < 2);
    return { features: new Tensor('float32', data, [count, 2, 1]) };
  };
  const session = { run, release } as unknown as InferenceSession;
  return { runs, failures, encoder: new ImageEncoder(session, shape) };
}

const picture = (number: number) => Float32Array.of(number, -number, 0);

describe('ImageEncoder', () => {
  it('takes pictures that come together in one run, and gives each its own', async () => {
    const { encoder: images, runs } = encoder();
    const all = await Promise.all([1, 2, 3].map((number) => images.encode(picture(number))));
    expect(all.map(({ data }) => [...data])).toEqual([1, 2, 3].map((number) => [number, -number]));
    expect(all[0]).toMatchObject({ queryTokens: 2, width: 1 });
    expect(new Set(all.map(({ data }) => data.buffer)).size).toBe(3); // so that each can be given away
    expect(runs).toEqual([3]);
  });

  it('takes what came meanwhile in the next run, but never more than a few', async () => {
    const { encoder: images, runs } = encoder();
    const first = images.encode(picture(0));
    await new Promise(setImmediate);
    const more = Array.from({ length: PICTURES_AT_ONCE + 1 }, (_, at) => images.encode(picture(at + 1)));
    const all = await Promise.all([first, ...more]);
    expect(all.map(({ data }) => data[0])).toEqual(all.map((_, at) => at));
    expect(runs).toEqual([1, PICTURES_AT_ONCE, 1]);
  });

  it('fails all of a failed run, and goes on', async () => {
    const { encoder: images, failures } = encoder();
    failures.push(new Error('out of memory'));
    const both = [1, 2].map((number) => images.encode(picture(number)));
    for (const one of both) await expect(one).rejects.toThrow('out of memory');
    expect((await images.encode(picture(3))).data[0]).toBe(3);
  });

  it('says so when the numbers of a picture are broken, and gives the others theirs', async () => {
    const { encoder: images } = encoder();
    const [one, broken, other] = [1, Number.NaN, Infinity].map((number) => images.encode(picture(number)));
    await expect(broken).rejects.toThrow(NumberError);
    await expect(other).rejects.toThrow(NumberError);
    expect([...((await one)?.data ?? [])]).toEqual([1, -1]);
  });

  it('closes only after the run that is under way', async () => {
    const events: string[] = [];
    const { encoder: images } = encoder(async () => void events.push('released'));
    const encoded = images.encode(picture(1)).then(() => events.push('encoded'));
    await Promise.all([images.close(), encoded]);
    expect(events).toEqual(['encoded', 'released']);
  });
});
