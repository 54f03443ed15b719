// What a run says of each text's next token: the graph chooses the likeliest, and logits come out only where they are
// wanted.
import { type InferenceSession, Tensor } from 'onnxruntime-node';
import type { NextToken, Wanted } from './next-token.ts';

/** (texts, 1), an input of the graph: which texts may not end. */
export const barsOf = (wanted: readonly Wanted[]): Tensor =>
  new Tensor(
    'float32',
    Float32Array.from(wanted, (each) => (each === 'likeliestButEnd' ? 1 : 0)),
    [wanted.length, 1],
  );

/** Outputs of the graph. */
export const chosenNames = (wanted: readonly Wanted[]): string[] =>
  wanted.includes('logits') ? ['likeliest', 'logprob', 'logits'] : ['likeliest', 'logprob'];

/** Of each text; meaningless for one that rests. */
export function chosenTokens(results: InferenceSession.OnnxValueMapType): NextToken[] {
  const ids = (results.likeliest as Tensor).data as BigInt64Array;
  const logprobs = (results.logprob as Tensor).data as Float32Array;
  const logits = (results.logits as Tensor | undefined)?.data as Float32Array | undefined;
  const vocabulary = (logits?.length ?? 0) / ids.length;
  return Array.from(ids, (id, at) => ({
    likeliest: { id: Number(id), logprob: logprobs[at] ?? Number.NaN },
    ...(logits && { logits: logits.subarray(at * vocabulary, (at + 1) * vocabulary) }),
  }));
}
