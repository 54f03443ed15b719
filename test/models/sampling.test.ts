import { describe, expect, it } from 'vitest';
import { seededRandom } from '../../models/generation/random.ts';
import { draw, warp } from '../../models/generation/sampling.ts';

const DRAWS = 40_000;
/** Of five tokens. */
const SCORES = Float32Array.of(1, 0, -2, 3, 2.5);

function counts(seed: number, scores: Float32Array): number[] {
  const random = seededRandom(seed);
  const found = new Array(scores.length).fill(0);
  for (let times = 0; times < DRAWS; times++) found[draw(scores, random())]++;
  return found;
}

/** Pearson's statistic: how far counts are from those that the shares let one expect. */
function chiSquare(found: readonly number[], shares: readonly number[]): number {
  return shares.reduce(
    (sum, share, at) => sum + ((found[at] ?? 0) - share * DRAWS) ** 2 / (share * DRAWS),
    0,
  );
}

function softmax(scores: Float32Array): number[] {
  const weights = [...scores].map(Math.exp);
  const total = weights.reduce((sum, weight) => sum + weight);
  return weights.map((weight) => weight / total);
}

describe('draw', () => {
  it.each([1, 2, 3])('draws each token as often as its softmax says, with seed %d', (seed) => {
    // Four degrees of freedom: above 23.5 once in 10,000 seeds.
    expect(chiSquare(counts(seed, SCORES), softmax(SCORES))).toBeLessThan(23.5);
  });

  it('draws as the temperature says', () => {
    const warped = SCORES.slice();
    warp(warped, { temperature: 2 });
    expect(chiSquare(counts(5, warped), softmax(SCORES.map((score) => score / 2)))).toBeLessThan(23.5);
  });

  it('never draws what top-k or top-p left out', () => {
    for (const options of [{ topK: 2 }, { topP: 0.6 }]) {
      const warped = SCORES.slice();
      warp(warped, options);
      const found = counts(7, warped);
      expect(found.map((count) => count > 0)).toEqual([false, false, false, true, true]);
    }
  });

  it('finds a token at both ends of chance', () => {
    expect(draw(SCORES, 0)).toBe(0);
    expect(draw(SCORES, 1 - 2 ** -53)).toBe(4);
  });
});

describe('seededRandom', () => {
  const first = (seed: number) => Array.from({ length: 5 }, seededRandom(seed));

  it('gives the same numbers for the same seed and others for each other one', () => {
    expect(first(42)).toEqual(first(42));
    const seeds = [0, 1, 2, 2 ** 31, 2 ** 32, 2 ** 32 + 1, 2 ** 33, Number.MAX_SAFE_INTEGER];
    expect(new Set(seeds.map((seed) => first(seed)[0])).size).toBe(seeds.length);
    expect(Array.from({ length: 5 }, seededRandom())).not.toEqual(Array.from({ length: 5 }, seededRandom()));
  });

  it('spreads evenly over 0 to 1, and each number independently of the one before', () => {
    const random = seededRandom(9);
    const found = new Array(64).fill(0);
    for (let times = 0; times < DRAWS; times++)
      found[8 * Math.floor(8 * random()) + Math.floor(8 * random())]++;
    // 63 degrees of freedom: above 113 once in 10,000 seeds.
    expect(chiSquare(found, new Array(64).fill(1 / 64))).toBeLessThan(113);
  });
});
