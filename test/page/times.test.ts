import { describe, expect, it } from 'vitest';
import { relativeTime } from '../../src/playground/page/times.ts';

const now = new Date('2026-11-28T20:00:00Z');
const after = (seconds: number) => relativeTime(new Date(now.getTime() + seconds * 1_000), now);

describe('a relative time', () => {
  it('is told in the largest unit of which there is a whole one', () => {
    expect([3_599, -61, 7_200, -86_400 * 3, 12].map(after)).toEqual([
      'in 59 minutes',
      '1 minute ago',
      'in 2 hours',
      '3 days ago',
      'in 12 seconds',
    ]);
  });
});
