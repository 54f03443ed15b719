import { describe, expect, it } from 'vitest';
import { type KeysAndValues, KvCache } from '../../models/decoder/kv-cache.ts';

const HEADS = 2;
const shape = { layers: 1, heads: HEADS, headWidth: 3 };
const names = () => ({ keys: 'keys', values: 'values' });

/** (heads, ids, head width) where each number tells its head and id; values are twice the keys. */
function layer(...ids: number[]): KeysAndValues {
  const keys = [0, 1000].flatMap((head) => ids.flatMap((id) => [head + id, head + id, head + id]));
  return { keys: Float32Array.from(keys), values: Float32Array.from(keys, (key) => 2 * key) };
}

/** (rows, heads, most, head width) */
function layers(...rows: number[][]): KeysAndValues {
  const parts = rows.map((ids) => layer(...ids));
  const joined = (part: keyof KeysAndValues) => Float32Array.from(parts.flatMap((row) => [...row[part]]));
  return { keys: joined('keys'), values: joined('values') };
}

const append = (cache: KvCache, ...rows: number[][]) =>
  cache.append(
    0,
    rows.map(({ length }) => length),
    () => layers(...rows),
  );

/** What a graph is fed of a row, up to its length, and what lies behind. */
function fed(cache: KvCache, row: number) {
  const { keys, values } = cache.feeds(row, 1, names);
  const data = keys?.data as Float32Array;
  const positions = cache.length(row) === 0 ? 1 : cache.capacity;
  expect(keys?.dims).toEqual([1, HEADS, positions, 3]);
  expect(values?.data).toEqual(data.map((key) => 2 * key));
  const heads = Array.from({ length: HEADS }, (_, head) => {
    const size = positions * 3;
    return [...data.subarray(head * size, (head + 1) * size)];
  });
  const ids = heads.map((head) => head.filter((_, at) => at % 3 === 0));
  expect(ids[1]?.slice(0, cache.length(row))).toEqual(
    ids[0]?.slice(0, cache.length(row)).map((id) => 1000 + id),
  );
  return {
    ids: ids[0]?.slice(0, cache.length(row)),
    behind: new Set(ids.flatMap((head) => head.slice(cache.length(row)))),
  };
}

describe('KvCache', () => {
  it('holds nothing without rows, and has room in a new one, as no tensor may be empty', () => {
    const cache = new KvCache(shape);
    expect(cache.rows).toBe(0);
    expect(cache.add()).toBe(0);
    expect(cache.length(0)).toBe(0);
    expect(fed(cache, 0)).toEqual({ ids: [], behind: new Set([0]) });
    cache.remove(0);
    expect(cache.feeds(0, 0, names).keys?.data).toHaveLength(0);
  });

  it('keeps the memory of one text that was not too long when all have left, wiped', () => {
    const cache = new KvCache(shape);
    cache.makeRoomFor(3, 0);
    for (let row = 0; row < 3; row++) cache.add();
    append(cache, [1, 2, 3], [4, 5, 6], [7, 8, 9]);
    const memory = () => (cache.feeds(0, 1, names).keys?.data as Float32Array | undefined)?.buffer.byteLength;
    expect(memory()).toBe(3 * HEADS * 32 * 3 * 4);
    for (const row of [0, 1, 0]) cache.remove(row);
    expect(cache.capacity).toBe(32);
    expect(fed(cache, cache.add())).toEqual({ ids: [], behind: new Set([0]) });
    append(cache, [1]);
    expect(fed(cache, 0)).toEqual({ ids: [1], behind: new Set([0]) });
    expect(memory()).toBe(HEADS * 32 * 3 * 4);
    append(
      cache,
      Array.from({ length: 300 }, (_, at) => at),
    );
    cache.remove(0);
    expect(cache.capacity).toBe(1);
  });

  it('keeps each head in order while it grows past its first room', () => {
    const cache = new KvCache(shape);
    cache.add();
    const ids = Array.from({ length: 166 }, (_, at) => at + 1);
    for (const [start, end] of [
      [0, 62],
      [62, 63],
      [63, 64],
      [64, 65],
      [65, 66],
      [66, 166],
    ]) {
      append(cache, ids.slice(start, end));
    }
    expect(cache.capacity).toBe(192);
    expect(fed(cache, 0)).toEqual({ ids, behind: new Set([0]) });
  });

  it('lets rows grow by different counts, of which the last ones are kept', () => {
    const cache = new KvCache(shape);
    for (let row = 0; row < 3; row++) cache.add();
    append(cache, [1, 2, 3], [4, 5, 6], [7, 8, 9]);
    cache.append(1, [2, 0], () => layers([90, 10, 11], [91, 92, 93]));
    expect([0, 1, 2].map((row) => fed(cache, row).ids)).toEqual([
      [1, 2, 3],
      [4, 5, 6, 10, 11],
      [7, 8, 9],
    ]);
  });

  it('puts the last row into the place of one that goes, and wipes what was there', () => {
    const cache = new KvCache(shape);
    for (let row = 0; row < 3; row++) cache.add();
    append(cache, [1, 2, 3], [4, 5, 6], [7, 8, 9]);
    cache.append(0, [2], () => layers([Number.NaN, Number.NaN]));
    cache.remove(0);
    expect(cache.rows).toBe(2);
    expect(fed(cache, 0)).toEqual({ ids: [7, 8, 9], behind: new Set([0]) });
    expect(fed(cache, 1)).toEqual({ ids: [4, 5, 6], behind: new Set([0]) });
    const place = cache.add();
    cache.append(place, [1], () => layers([10]));
    expect(fed(cache, place)).toEqual({ ids: [10], behind: new Set([0]) });
  });

  it('feeds a single position of rows that hold nothing yet, however much room there is', () => {
    const cache = new KvCache(shape);
    cache.makeRoomFor(3, 100);
    for (let row = 0; row < 3; row++) cache.add();
    append(cache, [1]);
    const sides = (first: number, count: number) => cache.feeds(first, count, names).keys?.dims;
    expect(sides(1, 2)).toEqual([2, HEADS, 1, 3]);
    expect(cache.fedPositions(1, 2)).toBe(1);
    expect(sides(0, 3)).toEqual([3, HEADS, 128, 3]);
    expect(cache.fedPositions(0, 3)).toBe(128);
  });

  it('moves rows all at once, from where they differ on', () => {
    const cache = new KvCache(shape);
    for (let row = 0; row < 3; row++) cache.add();
    append(cache, [1, 2, 3], [1, 5, 6], [1, 8, 9]);
    cache.move([
      { from: 1, to: 0, start: 1 },
      { from: 2, to: 1, start: 1 },
      { from: 0, to: 2, start: 1 },
    ]);
    expect([0, 1, 2].map((row) => fed(cache, row).ids)).toEqual([
      [1, 5, 6],
      [1, 8, 9],
      [1, 2, 3],
    ]);
    cache.move([{ from: 0, to: 2, start: 2 }]);
    expect(fed(cache, 2).ids).toEqual([1, 2, 6]);
  });

  it('copies positions of a row out, and goes on in another by the first of them', () => {
    const cache = new KvCache(shape);
    for (let row = 0; row < 2; row++) cache.add();
    append(cache, [1, 2, 3], [4, 5, 6]);
    const read = cache.read(1, 0, 2);
    expect(read).toEqual([layer(4, 5)]);
    append(cache, [7], [8]);
    expect(read).toEqual([layer(4, 5)]);
    cache.write(cache.add(), read, 1);
    cache.write(2, cache.read(1, 1, 4), 2);
    expect(fed(cache, 2)).toEqual({ ids: [4, 5, 6], behind: new Set([0]) });
  });
});
