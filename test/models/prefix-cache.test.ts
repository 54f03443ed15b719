// What is kept of texts that begin alike, in how much room, and what goes first.
import { describe, expect, it } from 'vitest';
import { PrefixCache, pictureKey } from '../../models/decoder/prefix-cache.ts';

describe('PrefixCache', () => {
  const layers = (positions: number) => {
    const floats = new Float32Array(positions);
    return [{ keys: floats, values: floats }];
  };
  const keep = (cache: PrefixCache, picture: string, ids: number[], queryTokens = 1) => {
    const read: number[] = [];
    cache.keep({ picture, queryTokens, ids }, (start, end) => {
      read.push(end - start);
      return layers(end - start);
    });
    return read;
  };

  it('forgets the least recently used beyond its bound of bytes', () => {
    const cache = new PrefixCache(3 * 5 * 8); // three of five positions, each 8 bytes
    for (const first of [1, 2, 3]) keep(cache, 'picture', [first, 0, 0, 0]);
    expect(cache.longest('picture', [1, 0])?.ids).toBe(2);
    keep(cache, 'other', [4, 0, 0, 0]);
    expect(cache.longest('picture', [2, 0])?.ids).toBe(0);
    expect(cache.longest('picture', [1, 0])?.ids).toBe(2);
    expect(cache.longest('other', [4, 0])?.ids).toBe(2);
  });

  it('keeps the beginning of a text that is larger than its bound, in half of it beside others', () => {
    const cache = new PrefixCache(10 * 8);
    expect(keep(cache, 'small', [1, 2, 3], 2)).toEqual([2, 3]);
    expect(keep(cache, 'large', new Array(9).fill(5), 2)).toEqual([2, 3]);
    expect(keep(cache, 'large', new Array(20).fill(5), 2)).toEqual([]); // the same beginning
    expect(cache.longest('large', new Array(20).fill(5))?.ids).toBe(3);
    expect(cache.longest('small', [1, 2, 3])?.ids).toBe(3);
  });

  it('keeps of a text that has outgrown its bound what fitted', () => {
    const cache = new PrefixCache(10 * 8);
    expect(keep(cache, 'picture', [1, 2, 3, 4, 5], 2)).toEqual([2, 5]);
    expect(keep(cache, 'picture', [1, 2, 3, 4, 5, 6, 7, 8, 9], 2)).toEqual([]);
    expect(cache.longest('picture', [1, 2, 3, 4, 5, 6])?.ids).toBe(5);
    expect(keep(cache, 'picture', [1, 2, 3, 4, 5, 6, 7, 8], 2)).toEqual([3]); // just fits
  });

  it('keeps the picture alone where nothing else fits, and nothing where it does not fit either', () => {
    const cache = new PrefixCache(10 * 8);
    keep(cache, 'picture', [1, 2, 3], 8);
    expect(cache.longest('picture', [1, 2, 3])).toMatchObject({ ids: 0, parts: [{ positions: 8 }, {}] });
    keep(cache, 'larger', [1, 2, 3], 11);
    expect(cache.longest('larger', [1, 2, 3])).toBeUndefined();
    expect(cache.longest('picture', [1])?.ids).toBe(0);
  });

  it('keeps of texts that go on from each other the longest alone', () => {
    const cache = new PrefixCache(9 * 8);
    keep(cache, 'picture', [1, 2]);
    keep(cache, 'other', [1, 2]);
    keep(cache, 'picture', [1, 2, 3, 4, 5]); // takes the place of the first
    expect(cache.longest('other', [1, 2])?.ids).toBe(2);
    expect(keep(cache, 'picture', [1, 2, 3])).toEqual([]); // it is there already
    const match = cache.longest('picture', [1, 2, 3, 4, 9]);
    expect(match?.ids).toBe(4);
    expect(match?.parts.map(({ positions }) => positions)).toEqual([1, 2, 3]);
    expect(match?.parts.map((part) => part.layers)).toEqual([1, 2, 3].map(layers));
  });

  it('copies of a text what no other has kept: of one picture, the picture only once', () => {
    const cache = new PrefixCache(2 ** 20);
    expect(keep(cache, 'picture', [1, 2, 3], 8)).toEqual([8, 3]);
    expect(keep(cache, 'picture', [1, 5, 6], 8)).toEqual([3]); // not from the middle of what another has read
    expect(keep(cache, 'picture', [1, 2, 3, 4], 8)).toEqual([1]);
    expect(keep(cache, 'picture', [1, 2, 3, 9, 9], 8)).toEqual([2]);
    const [one, other] = [
      [1, 5],
      [1, 2, 3, 9],
    ].map((ids) => cache.longest('picture', ids)?.parts);
    expect(one?.[0]).toBe(other?.[0]);
    expect(other?.map(({ positions }) => positions)).toEqual([8, 3, 2]);
  });

  it('tells pictures apart by their numbers, wherever they lie', () => {
    const data = Float32Array.of(7, 1, 2, 3);
    const one = { data: data.subarray(1), queryTokens: 1, width: 3 };
    expect(pictureKey(one)).toBe(pictureKey({ ...one, data: Float32Array.of(1, 2, 3) }));
    expect(pictureKey(one)).not.toBe(pictureKey({ ...one, data: Float32Array.of(1, 2, 4) }));
  });
});
