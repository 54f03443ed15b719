// Which of the weights that lie in a folder are used.
import type { WeightChoice, WeightPrecision } from '../backend.ts';
import { arePassing } from './passing-weights.ts';
import { hasQuantisedWeights, readQuantisedWeights } from './quantised-weights.ts';
import { hasStoredWeights, readStoredWeights } from './stored-weights.ts';
import type { Weights } from './weights.ts';

/**
 * In the order in which one stands in for weights that are not there: f16 last, which a CPU widens while loading. What
 * the model runs on isn't known here.
 */
const STAND_INS = ['int8', 'int4', 'f16'] as const satisfies readonly WeightPrecision[];

/** @throws CheckpointError when files are missing or damaged, or quantised ones were made from others than there are */
export async function readWeights(folder: string, choice: WeightChoice = 'auto'): Promise<Weights> {
  if (choice !== 'auto') return readQuantisedWeights(folder, choice);
  if (!arePassing(folder) && (await hasStoredWeights(folder))) return readStoredWeights(folder);
  for (const weights of STAND_INS) {
    if (await hasQuantisedWeights(folder, weights)) return readQuantisedWeights(folder, weights);
  }
  return readStoredWeights(folder); // passing ones will do where there are no others; else it says what is missing
}
