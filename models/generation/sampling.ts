// Draws a token by chance: transformers' TemperatureLogitsWarper, TopKLogitsWarper and TopPLogitsWarper, in its order.
import type { GenerationOptions } from '../backend.ts';
import { likeliest, logSumExp } from './probabilities.ts';

/** Changes the scores (vocabulary) in place; what must not be drawn becomes -Infinity. */
export function warp(scores: Float32Array, { temperature = 1, topK = 0, topP = 1 }: GenerationOptions): void {
  if (temperature !== 1) divide(scores, Math.fround(temperature));
  if (topK > 0) keepLikeliest(scores, topK);
  if (topP < 1) keepNucleus(scores, topP);
}

/** @param random from 0 up to, and never, 1 */
export function draw(scores: Float32Array, random: number): number {
  const total = logSumExp(scores);
  let left = random;
  for (let id = 0; id < scores.length; id++) {
    left -= Math.exp((scores[id] ?? 0) - total);
    if (left < 0) return id;
  }
  return likeliest(scores); // all shares add up to a little less than 1
}

function divide(scores: Float32Array, divisor: number): void {
  for (let id = 0; id < scores.length; id++) scores[id] = (scores[id] ?? 0) / divisor;
}

/** Those as high as the last of them stay, too. */
function keepLikeliest(scores: Float32Array, count: number): void {
  const least = scores.toSorted().at(-count) ?? -Infinity;
  for (let id = 0; id < scores.length; id++) if ((scores[id] ?? 0) < least) scores[id] = -Infinity;
}

/** Removes the least likely that have at most 1 - `share` together. Holtzman et al. 2019, https://arxiv.org/abs/1904.09751. */
function keepNucleus(scores: Float32Array, share: number): void {
  const total = logSumExp(scores);
  const ascending = scores.toSorted();
  let removed = 0;
  for (let sum = 0; removed < ascending.length - 1; removed++) {
    sum += Math.exp((ascending[removed] ?? 0) - total);
    if (sum > 1 - share) break;
  }
  const least = ascending[removed] ?? -Infinity;
  // Of equals, those that come first are removed.
  let equals = removed - ascending.indexOf(least);
  for (let id = 0; id < scores.length; id++) {
    const score = scores[id] ?? 0;
    if (score < least || (score === least && equals-- > 0)) scores[id] = -Infinity;
  }
}
