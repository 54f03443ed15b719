// The command that makes quantised weights, or makes them again as they were made.
import type { WeightPrecision } from '../backend.ts';
import { defaultBlockSize } from '../quantise/default-block-size.ts';
import { exceptionsOf, type SettledRecipe } from '../quantise/parts.ts';
import { shellWord } from '../shell-word.ts';
import { arePassing } from './passing-weights.ts';
import { pulledAs } from './pulled-folder.ts';
import { readAnyConfig } from './retrieval-config.ts';
import { hasStoredWeights } from './stored-weights.ts';

/** @param made by which they were made, where that is known */
export async function commandToMake(
  folder: string,
  weights: WeightPrecision,
  made?: SettledRecipe,
): Promise<string> {
  const options = [`--weights ${weights}`, ...(await beyondUsual(folder, weights, made))].join(' ');
  const quantise = `blipcord quantize ${shellWord(folder)} ${options}`;
  const pulled = pulledAs(folder);
  const stay = pulled === undefined || !arePassing(folder);
  if (stay && (await hasStoredWeights(folder))) return quantise;
  return pulled === undefined
    ? `as soon as the checkpoint's own weights lie there, run ${quantise}`
    : `blipcord pull ${pulled} ${options}`;
}

async function beyondUsual(
  folder: string,
  weights: WeightPrecision,
  made: SettledRecipe | undefined,
): Promise<string[]> {
  if (made?.weights !== weights) return [];
  const keep = exceptionsOf(made);
  const config = await readAnyConfig(folder).catch(() => undefined); // the command says what is wrong with it
  const usual = config === undefined || defaultBlockSize(config) === made.blockSize;
  return [
    ...(keep.length === 0 ? [] : [`--keep ${keep.join(' ')}`]),
    ...(usual ? [] : [`--block ${made.blockSize}`]),
  ];
}
