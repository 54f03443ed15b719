import { expect, it } from 'vitest';
import { threadNames } from '../../src/playground/page/thread-names.ts';
import type { PageChannel } from '../../src/playground/page-api.ts';

it('threads of one name are numbered in the order of their beginning', () => {
  const threads = ['a bee', 'a rocket', 'a bee', 'a bee'].map((name, id) => ({ id: String(id), name }));
  const names = threadNames(threads as PageChannel[]);
  expect([...names.values()]).toEqual(['a bee', 'a rocket', 'a bee (2)', 'a bee (3)']);
});
