import { totalmem } from 'node:os';
import { expect, it } from 'vitest';
import { prefixRoom } from '../../models/decoder/prefix-room.ts';

const GIB = 2 ** 30;

it('prefixRoom is a 64th of the memory, and at most 512 MiB', () => {
  expect(prefixRoom(4 * GIB)).toBe(GIB / 16);
  expect(prefixRoom(24 * GIB)).toBe((24 * GIB) / 64);
  expect(prefixRoom(256 * GIB)).toBe(GIB / 2);
  expect(prefixRoom()).toBeGreaterThan(0);
  expect(prefixRoom()).toBeLessThanOrEqual(totalmem() / 64);
});
