// How the benchmark of precisions tells how far two choices of the next token are apart.
import { expect, it } from 'vitest';
import { compareLogits } from '../../bench/precision/compare-logits.ts';

const ln = (...shares: number[]) => Float32Array.from(shares, Math.log);

it('is the Kullback-Leibler divergence of each position, and the share of the same likeliest tokens', () => {
  const expected = Float32Array.of(...ln(0.5, 0.5), ...ln(0.9, 0.1), ...ln(0.2, 0.8));
  const actual = Float32Array.of(...ln(0.25, 0.75), ...ln(0.9, 0.1), ...ln(0.2, 0.8));
  const { mean, most, same, positions } = compareLogits(expected, actual, 2);
  const divergence = 0.5 * Math.log(2) + 0.5 * Math.log(2 / 3);
  expect(most).toBeCloseTo(divergence, 6);
  expect(mean).toBeCloseTo(divergence / 3, 6);
  expect([same, positions]).toEqual([2 / 3, 3]);
});

it('makes no difference of what all logits have more', () => {
  const logits = Float32Array.of(3, -1, 0.5);
  expect(
    compareLogits(
      logits,
      logits.map((value) => value + 40),
      3,
    ).most,
  ).toBeCloseTo(0, 6);
});
