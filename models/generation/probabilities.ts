// From scores to probabilities and back.
import { ModelError, RequestError } from '../errors.ts';

/**
 * ln Σ exp(score), by which a score is its token's logprob.
 *
 * @throws ModelError when a score is no number
 * @throws RequestError when penalties left no token
 */
export function logSumExp(scores: Float32Array): number {
  const largest = scores[likeliest(scores)] ?? Number.NaN;
  let sum = 0;
  for (let id = 0; id < scores.length; id++) sum += Math.exp((scores[id] ?? 0) - largest);
  if (Number.isFinite(sum)) return largest + Math.log(sum);
  if (scores.every((score) => score === -Infinity)) throw noTokenLeft();
  throw new ModelError(
    'The decoder computed something that is no number. Run it on the CPU; where it does already, its weights or image_std are broken, and another copy of the checkpoint helps.',
  );
}

/** The first of the highest. */
export function likeliest(scores: Float32Array): number {
  let best = 0;
  for (let id = 1; id < scores.length; id++) if ((scores[id] ?? 0) > (scores[best] ?? 0)) best = id;
  return best;
}

/** Rounded to f32 as transformers has them, so that beams that it finds equal are equal here. */
export function logSoftmax(scores: Float32Array): Float32Array {
  const total = logSumExp(scores);
  return scores.map((score) => score - total);
}

export const noTokenLeft = () =>
  new RequestError('Together, noRepeatNgramSize and minNewTokens forbid every token. Lower one of them.');
