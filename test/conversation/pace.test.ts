import { expect, it, vi } from 'vitest';
import { Pace } from '../../conversation/pace.ts';
import { deferred } from '../support/deferred.ts';

it('says within what time which share of the answers came', async () => {
  const now = vi.spyOn(performance, 'now');
  const pace = new Pace();
  expect(pace.withinMs(0.5)).toBeUndefined();
  for (let ms = 20; ms >= 1; ms -= 1) {
    now.mockReturnValueOnce(1_000).mockReturnValueOnce(1_000 + ms);
    await pace.measure(async () => 'an answer');
  }
  now.mockRestore();
  expect([pace.withinMs(0.5), pace.withinMs(0.95), pace.withinMs(1)]).toEqual([10, 19, 20]);
  expect(pace.answers).toBe(20);
});

it('counts what is under way, and as an answer neither a failure nor what came to nothing', async () => {
  const pace = new Pace();
  const { promise, resolve } = deferred<string>();
  const measured = pace.measure(() => promise);
  expect(pace.underWay).toBe(1);
  resolve('an answer');
  await measured;
  await expect(pace.measure(async () => Promise.reject(new Error('no')))).rejects.toThrow('no');
  await pace.measure(async () => undefined);
  expect([pace.underWay, pace.answers]).toEqual([0, 1]);
});

it('goes by the last thousand answers', async () => {
  const now = vi.spyOn(performance, 'now');
  const pace = new Pace();
  for (let i = 0; i < 1_001; i += 1) {
    now.mockReturnValueOnce(0).mockReturnValueOnce(i === 0 ? 9_000 : 1);
    await pace.measure(async () => 'an answer');
  }
  now.mockRestore();
  expect([pace.withinMs(1), pace.answers]).toEqual([1, 1_001]);
});
