// What a model can't be opened with is said before anything is loaded.
import { describe, expect, it } from 'vitest';
import { CheckpointError } from '../../models/errors.ts';
import { type OpenBackendOptions, openBackend, openMatcher } from '../../models/open.ts';

const NOWHERE = { folder: '/nowhere' };

describe.each([
  ['a backend in a thread of its own', openBackend],
  [
    "a backend in the caller's thread",
    (options: OpenBackendOptions) => openBackend({ ...options, inWorker: false }),
  ],
  ['a matcher', openMatcher],
])('%s', (_, open) => {
  it.each([
    [{ textsAtOnce: 0 }, 'textsAtOnce is 0. Use a whole number from 1, or Infinity.'],
    [{ textsAtOnce: -1 }, 'textsAtOnce is -1. Use a whole number from 1, or Infinity.'],
    [{ textsAtOnce: Number.NaN }, 'textsAtOnce is NaN. Use a whole number from 1, or Infinity.'],
    [{ textsAtOnce: '8' as never }, "textsAtOnce is '8'. Use a whole number from 1, or Infinity."],
    [{ maxWaiting: -5 }, 'maxWaiting is -5. Use a whole number from 0, or Infinity.'],
    [{ prefixBytes: -1 }, 'prefixBytes is -1. Use a whole number from 0.'],
    [{ prefixBytes: Number.NaN }, 'prefixBytes is NaN. Use a whole number from 0.'],
    [{ prefixBytes: 1.5 }, 'prefixBytes is 1.5. Use a whole number from 0.'],
    [{ prefixBytes: Infinity }, 'prefixBytes is Infinity. Use a whole number from 0.'],
    [{ weights: 'int5' as never }, "weights is 'int5'. Use one of: auto, f16, int8, int4."],
    [{ weights: '' as never }, "weights is ''. Use one of: auto, f16, int8, int4."],
  ])('is not opened with %o', async (options, message) => {
    await expect(open({ ...NOWHERE, ...options })).rejects.toThrow(new RangeError(message));
  });

  it.each([
    [undefined, 'folder is undefined. Use the path of a folder.'],
    ['', "folder is ''. Use the path of a folder."],
  ])('is not opened without a folder: %o', async (folder, message) => {
    await expect(open({ folder: folder as never })).rejects.toThrow(new TypeError(message));
  });

  it.each([
    { textsAtOnce: Infinity, maxWaiting: Infinity },
    { textsAtOnce: 1, maxWaiting: 0, prefixBytes: 0, weights: 'auto' as const },
  ])('may be opened with %o', async (options) => {
    await expect(open({ ...NOWHERE, ...options })).rejects.toThrow(CheckpointError);
  });
});
