// Compares tensors within a tolerance relative to the largest value.
import { expect } from 'vitest';

/** Two ways of adding the same f32 numbers up differ by about this much. */
const TOLERANCE = 1e-5;

export function expectClose(actual: Float32Array, expected: Float32Array, tolerance = TOLERANCE): void {
  expect(actual.length).toBe(expected.length);
  expect(difference(actual, expected)).toBeLessThan(tolerance);
}

/** Largest difference, relative to the largest expected value. */
export function difference(actual: Float32Array, expected: Float32Array): number {
  const largest = expected.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
  const worst = actual.reduce((most, value, at) => Math.max(most, Math.abs(value - (expected[at] ?? 0))), 0);
  return worst / largest;
}
