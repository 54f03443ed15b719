// A checkpoint's weights in fewer bits, as `blipcord quantize` writes them, unless they are there.
import type { Recipe } from '../models/quantise/parts.ts';
import { type QuantisedCheckpoint, quantiseCheckpoint } from '../models/quantise/quantise-checkpoint.ts';
import { tryLockFolder } from '../src/hub/cache-lock.ts';
import { UsageError } from '../src/usage-error.ts';

/** @throws UsageError while another process is at work on the folder */
export async function quantise(folder: string, recipe: Recipe): Promise<QuantisedCheckpoint> {
  const lock = tryLockFolder(folder);
  if (lock === undefined)
    throw new UsageError(`Another blipcord is at work on ${folder}. Wait for the end of that.`);
  try {
    return await quantiseCheckpoint(folder, { recipe });
  } finally {
    lock.release();
  }
}
