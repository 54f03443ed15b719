// Writes the weights of a pulled model in fewer bits, and tells how far it is.
import type { WeightPrecision } from '../../models/backend.ts';
import type { PullReporter } from './pull-reporter.ts';

/** @returns how many bytes they have then */
export async function quantisePulled(
  folder: string,
  weights: WeightPrecision,
  { reporter, signal }: { readonly reporter: PullReporter; readonly signal: AbortSignal },
): Promise<number> {
  // Of no use to all other pulls.
  const { quantiseCheckpoint } = await import('../../models/quantise/quantise-checkpoint.ts');
  const { makeRecipe } = await import('../../models/quantise/parts.ts');
  let position: number | undefined;
  const onProgress = (written: number, total: number) => {
    if (position === undefined) reporter.begin(total, written, 'writing');
    else reporter.advance(written - position);
    position = written;
  };
  try {
    return (await quantiseCheckpoint(folder, { recipe: makeRecipe(weights), signal, onProgress })).bytes;
  } finally {
    reporter.end();
  }
}
