// Writes the weights of a pulled model in fewer bits, and tells how many those are and how far it is.
import type { Quantisation } from '../../models/checkpoint/quantised-matrix.ts';
import type { Recipe } from '../../models/quantise/parts.ts';
import type { PullReporter } from './pull-reporter.ts';

/** How many bytes they will have, as config.json says. */
export async function quantisedBytes(folder: string, recipe: Recipe): Promise<number> {
  const { plannedBytes } = await import('../../models/quantise/quantise-checkpoint.ts');
  return plannedBytes(folder, recipe);
}

export async function isMadeBy(
  recipe: Recipe,
  folder: string,
  quantisation: Quantisation | undefined,
): Promise<boolean> {
  const quantise = await import('../../models/quantise/quantise-checkpoint.ts');
  return quantise.isMadeBy(recipe, folder, quantisation);
}

/** @returns how many bytes they have then */
export async function quantisePulled(
  folder: string,
  recipe: Recipe,
  { reporter, signal }: { readonly reporter: PullReporter; readonly signal: AbortSignal },
): Promise<number> {
  // Of no use to all other pulls.
  const { quantiseCheckpoint } = await import('../../models/quantise/quantise-checkpoint.ts');
  let position: number | undefined;
  const onProgress = (written: number, total: number) => {
    if (position === undefined) reporter.begin(total, written, 'writing');
    else reporter.advance(written - position);
    position = written;
  };
  try {
    return (await quantiseCheckpoint(folder, { recipe, signal, onProgress })).bytes;
  } finally {
    reporter.end();
  }
}

/** Of all precisions: for when the weights go that they were made from. */
export async function forgetPartials(folder: string): Promise<void> {
  const { removeAllPartials } = await import('../../models/quantise/quantise-checkpoint.ts');
  await removeAllPartials(folder);
}
