// From scores to probabilities and back.
import { NumberError, RequestError } from '../errors.ts';

/**
 * ln Σ exp(score), by which a score is its token's logprob.
 *
 * @throws NumberError when a score is no number
 * @throws RequestError when penalties left no token
 */
export function logSumExp(scores: Float32Array): number {
  const largest = scores[likeliest(scores)] ?? Number.NaN;
  const sum = sumOfExponentials(scores, largest);
  if (Number.isFinite(sum)) return largest + Math.log(sum);
  if (scores.every((score) => score === -Infinity)) throw noTokenLeft();
  throw notANumber();
}

/** e^-whole and e^-(part / PARTS): from these two and a short series e^-x is made, in a third of `Math.exp`'s time. */
const FARTHEST = 64;
const PARTS = 1024;
const WHOLES = Float64Array.from({ length: FARTHEST }, (_, whole) => Math.exp(-whole));
const FRACTIONS = Float64Array.from({ length: PARTS }, (_, part) => Math.exp(-part / PARTS));

/** Σ exp(score - largest), to 13 digits. What is farther below than e^-64 adds nothing to that. */
function sumOfExponentials(scores: Float32Array, largest: number): number {
  let sum = 0;
  for (let id = 0; id < scores.length; id++) {
    const below = largest - (scores[id] as number);
    if (below >= FARTHEST) continue; // what is no number isn't, and spoils the sum
    const whole = below | 0;
    const part = ((below - whole) * PARTS) | 0;
    const rest = whole + part / PARTS - below;
    const series = 1 + rest * (1 + rest * (1 / 2 + rest / 6));
    sum += (WHOLES[whole] as number) * (FRACTIONS[part] as number) * series;
  }
  return sum;
}

/** The first of the highest. */
export function likeliest(scores: Float32Array): number {
  let best = 0;
  let highest = scores[best] as number;
  for (let id = 1; id < scores.length; id++) {
    const score = scores[id] as number;
    if (score > highest) [best, highest] = [id, score];
  }
  return best;
}

/** Rounded to f32 as transformers has them, so that beams that it finds equal are equal here. */
export function logSoftmax(scores: Float32Array): Float32Array {
  const total = logSumExp(scores);
  return scores.map((score) => score - total);
}

export const notANumber = () =>
  new NumberError(
    "The model computed what is no number, because its checkpoint's weights or image_std hold such. Download the checkpoint again; where it ran on another device than the CPU, try the CPU first.",
  );

export const noTokenLeft = () =>
  new RequestError('Together, noRepeatNgramSize and minNewTokens forbid every token. Lower one of them.');
