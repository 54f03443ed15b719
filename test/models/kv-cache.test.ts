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
