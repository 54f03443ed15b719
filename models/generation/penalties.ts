// Makes some tokens less likely before one is chosen: transformers' RepetitionPenalty-, NoRepeatNGram- and
// MinNewTokensLengthLogitsProcessor, in its order.
import type { GenerationOptions } from '../backend.ts';

/** Changes the scores (vocabulary) in place. @param seen the context and the answer so far */
export type Penalties = (scores: Float32Array, seen: readonly number[]) => void;

export interface PenaltyContext {
  readonly eosTokenIds: readonly number[];
  /** How many of the tokens seen come before the answer. */
  readonly contextLength: number;
}

export function penalties(options: GenerationOptions, context: PenaltyContext): Penalties {
  const { repetitionPenalty = 1, noRepeatNgramSize = 0, minNewTokens = 0 } = options;
  return (scores, seen) => {
    if (repetitionPenalty !== 1) penaliseRepetition(scores, seen, repetitionPenalty);
    if (noRepeatNgramSize > 0) forbidRepeatedNgrams(scores, seen, noRepeatNgramSize);
    if (seen.length - context.contextLength < minNewTokens) forbid(scores, context.eosTokenIds);
  };
}

/** Keskar et al. 2019, section 4.1, https://arxiv.org/abs/1909.05858; each token once, however often it came. */
function penaliseRepetition(scores: Float32Array, seen: readonly number[], penalty: number): void {
  const factor = Math.fround(penalty);
  for (const id of new Set(seen)) {
    const score = scores[id];
    if (score !== undefined) scores[id] = score < 0 ? score * factor : score / factor;
  }
}

/** What followed the last `size - 1` tokens before must not follow them again. */
function forbidRepeatedNgrams(scores: Float32Array, seen: readonly number[], size: number): void {
  const start = seen.length - (size - 1);
  for (let at = 0; at + size <= seen.length; at++) {
    let same = 0;
    while (same < size - 1 && seen[at + same] === seen[start + same]) same++;
    if (same === size - 1) forbid(scores, seen.slice(at + same, at + size));
  }
}

function forbid(scores: Float32Array, ids: readonly number[]): void {
  for (const id of ids) if (id < scores.length) scores[id] = -Infinity;
}
