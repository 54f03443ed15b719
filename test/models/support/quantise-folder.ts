// A folder for a checkpoint and what is quantised there.
import { mkdtemp, open, readdir } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeEach } from 'vitest';
import { readSafetensors } from '../../../models/checkpoint/safetensors.ts';
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
    /** Writes 1 into the checkpoint's largest tensor, where its fingerprint doesn't look. */
    changeWeight: async () => {
      const source = join(folder.path, 'model.safetensors');
      const tensors = [...(await readSafetensors(source)).tensors.values()];
      const largest = Math.max(...tensors.map(({ byteLength }) => byteLength));
      const { offset = 0 } = tensors.find(({ byteLength }) => byteLength === largest) ?? {};
      await using handle = await open(source, 'r+');
      await handle.write(Buffer.from(Float32Array.of(1).buffer), 0, 4, offset + Math.floor(largest / 16) * 4);
    },
    /** Names of what runs that ended early have left. */
    leftOvers: async () => (await readdir(folder.path)).filter((name) => name.includes('partial')),
  };
  beforeEach(async () => {
    folder.path = await mkdtemp(join(tmpdir(), 'blipcord-quantise-'));
  });
  return folder;
}
