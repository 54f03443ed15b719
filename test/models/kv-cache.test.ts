import { describe, expect, it } from 'vitest';
import { KvCache } from '../../models/decoder/kv-cache.ts';

const HEADS = 2;
const shape = { layers: 1, heads: HEADS, headWidth: 3 };

/** (heads, count, head width) where each number tells its head and position. */
function rows(first: number, count: number): Float32Array {
  const heads = Array.from({ length: HEADS }, (_, head) =>
    Array.from({ length: count }, (_, at) => Array.from({ length: 3 }, () => 1000 * head + first + at)),
  );
  return Float32Array.from(heads.flat(2));
}

function append(cache: KvCache, count: number): void {
  const fresh = rows(cache.length, count);
  cache.append(count, () => ({ keys: fresh, values: fresh.map((value) => 2 * value) }));
}

describe('KvCache', () => {
  it('has room before anything is seen, as no tensor may be empty', () => {
    const cache = new KvCache(shape);
    expect(cache.length).toBe(0);
    expect(cache.capacity).toBe(1);
    expect(cache.keys[0]?.data).toEqual(new Float32Array(2 * 3));
  });

  it('branches into texts that share what was seen and keep their own apart, in any order, while it grows', () => {
    const cache = new KvCache(shape);
    append(cache, 3);
    const texts = [[0, 1, 2]];
    for (const [step, parents] of [
      [0, 0, 0],
      [2, 0, 0],
      [1, 2, 0],
      [0, 1, 2],
      [1, 1],
      [0, 1, 0],
    ].entries()) {
      cache.branch(parents);
      const fresh = parents.map((_, text) => 10 * (step + 1) + text);
      texts.splice(
        0,
        texts.length,
        ...parents.map((parent, text) => [...(texts[parent] ?? []), fresh[text] ?? 0]),
      );
      const rows = Float32Array.from(fresh.flatMap((id) => [id, id, id, 1000 + id, 1000 + id, 1000 + id]));
      cache.append(1, () => ({ keys: rows, values: rows.map((value) => 2 * value) }));
      if (step === 2) cache.branch([0, 1, 2]);
    }
    expect(cache.batch).toBe(3);
    expect(cache.length).toBe(9);
    for (const [text, seen] of texts.entries()) {
      for (let head = 0; head < HEADS; head++) {
        const start = (text * HEADS + head) * cache.capacity * 3;
        const filled = cache.keys[0]?.data.subarray(start, start + 9 * 3);
        expect(filled).toEqual(Float32Array.from(seen.flatMap((id) => Array(3).fill(1000 * head + id))));
        expect(cache.values[0]?.data.subarray(start, start + 9 * 3)).toEqual(
          filled?.map((value) => 2 * value),
        );
      }
    }
  });

  it('keeps each head in order while it grows past its first room', () => {
    const cache = new KvCache(shape);
    for (const count of [62, 1, 1, 1, 1, 100]) append(cache, count);
    expect(cache.length).toBe(166);
    expect(cache.capacity).toBe(192);
    const expected = new Float32Array(HEADS * 192 * 3);
    expected.set(rows(0, 166).subarray(0, 166 * 3));
    expected.set(rows(0, 166).subarray(166 * 3), 192 * 3);
    expect(cache.keys[0]?.data).toEqual(expected);
    expect(cache.values[0]?.data).toEqual(expected.map((value) => 2 * value));
  });
});
