import { expect, it } from 'vitest';
import { KeyedQueue } from '../../conversation/keyed-queue.ts';

it('runs tasks of one key in order and those of different keys side by side', async () => {
  const queue = new KeyedQueue();
  const log: string[] = [];
  const task = (name: string, ticks: number) => async () => {
    log.push(`${name} begins`);
    for (let i = 0; i < ticks; i++) await new Promise(setImmediate);
    log.push(`${name} ends`);
  };
  await Promise.all([
    queue.run('a', task('a1', 6)),
    queue.run('a', task('a2', 1)),
    queue.run('b', task('b1', 3)),
  ]);
  expect(log).toEqual(['a1 begins', 'b1 begins', 'b1 ends', 'a1 ends', 'a2 begins', 'a2 ends']);
});

it('goes on after a task that failed, and hands its error out', async () => {
  const queue = new KeyedQueue();
  const failure = new Error('This one failed.');
  const failed = queue.run('a', async () => {
    throw failure;
  });
  const next = queue.run('a', async () => 'fine');
  await expect(failed).rejects.toBe(failure);
  expect(await next).toBe('fine');
});

it('lets what has priority come before what waits, behind others of its kind', async () => {
  const queue = new KeyedQueue();
  const log: string[] = [];
  const run = (name: string, priority?: number) => queue.run('a', async () => void log.push(name), priority);
  await Promise.all([run('first'), run('second'), run('missed', 1), run('missed, too', 1), run('third')]);
  expect(log).toEqual(['first', 'missed', 'missed, too', 'second', 'third']);
});

it('keeps nothing of a key that has nothing to do', async () => {
  const queue = new KeyedQueue();
  await Promise.all(Array.from({ length: 100 }, (_, i) => queue.run(`key ${i % 10}`, async () => i)));
  await new Promise(setImmediate);
  expect(queue.size).toBe(0);
});
