// What breaks on the way: connections, contents, disks, and pulls that are ended.
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { findSnapshot, repositoryFolder } from '../../src/hub/hub-cache.ts';
import { commitOf, type HubRequest } from '../support/local-hub.ts';
import { emoji, HALF, ID, isWeights, NAME, needed, openHub, size, WEIGHTS } from './open-hub.ts';

describe('a connection that breaks', () => {
  it('is made again, and the file goes on where it stopped', async () => {
    const { hub, run } = await openHub({
      fault: (request, earlier) =>
        isWeights(request) && !earlier.some(isWeights) ? { cutAfter: HALF } : undefined,
    });
    await run();
    const ranges = hub.requests.filter(isWeights).map(({ range }) => range);
    expect(ranges[0]).toBeUndefined();
    expect(Number(/^bytes=(\d+)-$/.exec(ranges[1] ?? '')?.[1])).toBeGreaterThan(0);
    expect(ranges).toHaveLength(2);
  });

  it('is made again in the middle of a list', async () => {
    const isListing = ({ path }: HubRequest) => path.includes('/tree/');
    const { run, notes } = await openHub({
      fault: (request, earlier) =>
        isListing(request) && !earlier.some(isListing) ? { cutAfter: 50 } : undefined,
    });
    await run();
    expect(notes).toEqual([expect.stringContaining("can't be reached")]);
  });

  it('may break any number of times while something comes', async () => {
    const { hub, run } = await openHub({
      fault: (request) => (isWeights(request) ? { cutAfter: 500_000 } : undefined),
    });
    await run();
    expect(hub.requests.filter(isWeights).length).toBeGreaterThan(10);
  });

  it('is given up when nothing comes any more', async () => {
    const { hub, run } = await openHub({
      fault: (request) => (isWeights(request) ? { cutAfter: 0 } : undefined),
    });
    await expect(run()).rejects.toThrow(
      `The connection broke at byte 0 of ${size} of ${WEIGHTS}. Pull again to go on from there.`,
    );
    expect(hub.requests.filter(isWeights)).toHaveLength(6);
  });

  it('starts the file anew where the server knows no ranges', async () => {
    const { hub, run, reports } = await openHub({
      fault: (request, earlier) => {
        if (!isWeights(request)) return undefined;
        return earlier.some(isWeights) ? { ignoreRange: true } : { cutAfter: HALF };
      },
    });
    await run();
    expect(hub.requests.filter(isWeights)).toHaveLength(2);
    const advanced = reports
      .filter(({ kind }) => kind === 'advance')
      .reduce((sum, { bytes }) => sum + bytes, 0);
    expect(advanced).toBe(size);
  });

  it('starts the file anew where the server has no such range', async () => {
    const { hub, run, reports } = await openHub({
      fault: (request, earlier) => {
        if (!isWeights(request)) return undefined;
        if (request.range !== undefined) return { status: 416 };
        return earlier.some(isWeights) ? undefined : { cutAfter: HALF };
      },
    });
    await run();
    expect(hub.requests.filter(isWeights).map(({ range }) => range !== undefined)).toEqual([
      false,
      true,
      false,
    ]);
    expect(reports.reduce((sum, { kind, bytes }) => sum + (kind === 'advance' ? bytes : 0), 0)).toBe(size);
  });

  it('that was never there is explained', async () => {
    const { hub, run } = await openHub();
    await hub.close();
    await expect(run()).rejects.toThrow(
      `${new URL(hub.endpoint).host} can't be reached (ECONNREFUSED). Check the connection, and HF_ENDPOINT if it is set.`,
    );
  });
});

describe('a pull that is broken off', () => {
  it('leaves no model, and the next one goes on from there', async () => {
    const { cache, hub, reports, run } = await openHub({
      fault: (request, earlier) =>
        isWeights(request) && !earlier.some(isWeights) ? { stallAfter: HALF } : undefined,
    });
    const controller = new AbortController();
    const stopped = run({ signal: controller.signal });
    await expect.poll(() => reports.some(({ kind }) => kind === 'advance'), { timeout: 10_000 }).toBe(true);
    controller.abort(new Error('enough'));
    await expect(stopped).rejects.toThrow('enough');
    expect(findSnapshot(cache, ID)).toBeUndefined();
    expect(findSnapshot(cache, { name: NAME, revision: commitOf(emoji) })?.missing).toEqual([WEIGHTS]);

    reports.length = 0;
    const { folder } = await run();
    const [, second] = hub.requests.filter(isWeights);
    const from = Number(/^bytes=(\d+)-$/.exec(second?.range ?? '')?.[1]);
    expect(from).toBeGreaterThan(0);
    expect(reports[0]).toEqual({ kind: 'begin', bytes: size, here: from });
    expect(findSnapshot(cache, ID)).toEqual({ folder, missing: [] });
  });
});

describe('content with another hash than was listed', () => {
  it.each([WEIGHTS, 'tokenizer.json'])('is deleted, and said: %s', async (wrong) => {
    let broken = true;
    const { cache, run } = await openHub({
      fault: ({ path }) => {
        const content = Buffer.from(needed.get(wrong) ?? '');
        content[1000] = (content[1000] ?? 0) ^ 1;
        return broken && path === wrong && content.length > 0 ? { content } : undefined;
      },
    });
    await expect(run()).rejects.toThrow(
      /^\S+ came with the sha\d+ \w+, but Org\/blip2-emoji lists \w+\. It is deleted; pull again\.$/,
    );
    expect(findSnapshot(cache, ID)).toBeUndefined();
    expect(
      readdirSync(join(repositoryFolder(cache, NAME), 'blobs')).filter((name) => name.includes('.')),
    ).toEqual([]);
    broken = false;
    await run();
    expect(findSnapshot(cache, ID)?.missing).toEqual([]);
  });

  it('is read no further when it is longer', async () => {
    const content = Buffer.concat([needed.get(WEIGHTS) ?? Buffer.of(), Buffer.alloc(size)]);
    const { run, reports } = await openHub({
      fault: (request) => (isWeights(request) ? { content } : undefined),
    });
    await expect(run()).rejects.toThrow('It is deleted');
    expect(reports.reduce((sum, { kind, bytes }) => sum + (kind === 'advance' ? bytes : 0), 0)).toBeLessThan(
      1.5 * size,
    );
  });
});

describe('a disk with too little room', () => {
  it('is noticed before the weights are fetched', async () => {
    const { cache, hub, run, reports } = await openHub();
    await expect(run({ freeBytes: async () => 1_000_000 })).rejects.toThrow(
      `${NAME} needs 10.7 MB more, but ${cache} has room for 1.0 MB. Free some, or set HF_HUB_CACHE to a folder on another disk.`,
    );
    expect(hub.requests.filter(isWeights)).toEqual([]);
    expect(reports).toEqual([]);
  });

  it('is noticed before weights are fetched that are to be written in fewer bits, too', async () => {
    const { hub, run } = await openHub();
    const freeBytes = async () => size + 1_000_000;
    await expect(run({ weights: 'int8', freeBytes })).rejects.toThrow(
      /^Org\/blip2-emoji needs 1\d\.\d MB more, but .* has room for 11\.\d MB\. Free some, or set HF_HUB_CACHE/,
    );
    expect(hub.requests.filter(isWeights)).toEqual([]);
    await expect(run({ weights: 'int8', freeBytes: async () => 2 * size })).resolves.toBeDefined();
  });

  it('has enough for what an earlier pull left to fetch', async () => {
    let cut = true;
    const { run } = await openHub({
      fault: (request) => (cut && isWeights(request) ? { cutAfter: HALF } : undefined),
    });
    const controller = new AbortController();
    const note = () => controller.abort();
    await expect(run({ signal: controller.signal }, ID, note)).rejects.toThrow();
    cut = false;
    await expect(run({ freeBytes: async () => size - 1 })).resolves.toBeDefined();
  });
});
