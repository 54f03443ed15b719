import { describe, expect, it } from 'vitest';
import { seededRandom } from '../../models/generation/random.ts';
import { bootstrap } from '../../src/eval/bootstrap.ts';

const share = ([right = 0, of = 0]: readonly number[]) => right / of;

/** So many pictures with one answer each, right with this chance. */
function answers(pictures: number, chance: number, seed: number): number[][] {
  const random = seededRandom(seed);
  return Array.from({ length: pictures }, () => [random() < chance ? 1 : 0, 1]);
}

describe('an interval', () => {
  it('of a share is as wide as theory says', () => {
    const parts = answers(400, 0.7, 1);
    const mean = share([parts.filter(([right]) => right === 1).length, 400]);
    const { low = 0, high = 0 } = bootstrap(parts, share, 3) ?? {};
    const deviation = Math.sqrt((mean * (1 - mean)) / 400);
    expect(high - low).toBeGreaterThan(2 * 1.96 * deviation * 0.85);
    expect(high - low).toBeLessThan(2 * 1.96 * deviation * 1.15);
    expect(low).toBeLessThan(mean);
    expect(high).toBeGreaterThan(mean);
  });

  it('holds the true share in about 95 of 100 samples', () => {
    const hits = Array.from({ length: 100 }, (_, seed) =>
      bootstrap(answers(150, 0.6, seed), share, seed),
    ).filter((interval) => interval !== undefined && interval.low <= 0.6 && interval.high >= 0.6);
    expect(hits.length).toBeGreaterThanOrEqual(88);
    expect(hits.length).toBeLessThanOrEqual(99);
  });

  it('is wider where the answers about a picture are alike', () => {
    const alone = answers(400, 0.5, 5);
    const together = answers(40, 0.5, 5).map(([right = 0]) => [10 * right, 10]);
    const width = (parts: number[][]) => {
      const { low = 0, high = 0 } = bootstrap(parts, share, 1) ?? {};
      return high - low;
    };
    expect(width(together)).toBeGreaterThan(2 * width(alone));
  });

  it('is the same again with the same seed', () => {
    const parts = answers(50, 0.5, 2);
    expect(bootstrap(parts, share, 9)).toEqual(bootstrap(parts, share, 9));
    expect(bootstrap(parts, share, 9)).not.toEqual(bootstrap(parts, share, 10));
  });

  it('is not told of a single picture', () => {
    expect(bootstrap([[1, 1]], share, 0)).toBeUndefined();
  });
});
