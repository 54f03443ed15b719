// A folder for a checkpoint and what is quantised there.
import { mkdtemp, readdir } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeEach } from 'vitest';
import { makeRecipe } from '../../../models/quantise/parts.ts';
import { type QuantiseOptions, quantiseCheckpoint } from '../../../models/quantise/quantise-checkpoint.ts';

/** Call it at the beginning of a test file: each test finds a new one. */
export function quantiseFolder() {
  const folder = {
    path: '',
    /** In four bits, where the recipe says nothing else. */
    quantise: (options: Partial<QuantiseOptions> = {}) =>
      quantiseCheckpoint(folder.path, { recipe: makeRecipe('int4'), ...options }),
    /** Of four bits. */
    file: () => join(folder.path, 'model.int4.safetensors'),
    /** Names of what runs that ended early have left. */
    leftOvers: async () => (await readdir(folder.path)).filter((name) => name.includes('partial')),
  };
  beforeEach(async () => {
    folder.path = await mkdtemp(join(tmpdir(), 'blipcord-quantise-'));
  });
  return folder;
}
