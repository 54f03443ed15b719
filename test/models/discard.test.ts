import { expect, it } from 'vitest';
import { discard } from '../../models/discard.ts';

const MIB = 1024 * 1024;

it('gives back the memory of arrays at once, which are empty then', () => {
  const held = () => process.memoryUsage().arrayBuffers;
  const kept = new Float32Array(3);
  const arrays = Array.from({ length: 5 }, () => new Float32Array(MIB).fill(1));
  const before = held();
  discard(arrays);
  expect(before - held()).toBeGreaterThan(19 * MIB);
  expect(arrays.map(({ length }) => length)).toEqual([0, 0, 0, 0, 0]);
  expect(kept).toHaveLength(3);
});
