import { describe, expect, it } from 'vitest';
import { likeliest, logSumExp } from '../../models/generation/probabilities.ts';
import { seededRandom } from '../../models/generation/random.ts';

describe('logSumExp', () => {
  it('is what Math.exp gives, to 12 digits, however far the scores lie apart', () => {
    const random = seededRandom(7);
    for (const spread of [1e-6, 1, 30, 200]) {
      const scores = Float32Array.from({ length: 5_000 }, () => spread * (random() - 0.3));
      const largest = Math.max(...scores);
      const sum = scores.reduce((total, score) => total + Math.exp(score - largest), 0);
      const total = largest + Math.log(sum);
      expect(Math.abs(logSumExp(scores) - total)).toBeLessThan(1e-12 * Math.max(1, Math.abs(total)));
    }
  });

  it('counts equals, and passes over what is forbidden', () => {
    expect(logSumExp(Float32Array.of(3, 3, -Infinity, 3))).toBeCloseTo(3 + Math.log(3), 12);
    expect(logSumExp(Float32Array.of(-Infinity, 5))).toBe(5);
  });

  it.each([
    [Number.NaN, 1, 2],
    [1, Number.NaN, 2],
    [1, 2, Number.NaN],
    [1, Infinity, 2],
  ])('refuses %d, %d, %d', (...scores) => {
    expect(() => logSumExp(Float32Array.from(scores))).toThrow('no number');
  });

  it('says when every token is forbidden', () => {
    expect(() => logSumExp(new Float32Array(4).fill(-Infinity))).toThrow('forbid every token');
  });
});

it('likeliest gives the first of the highest', () => {
  expect(likeliest(Float32Array.of(1, 4, 4, 2))).toBe(1);
  expect(likeliest(new Float32Array(3).fill(-Infinity))).toBe(0);
});
