// The choice of the likeliest token within the graph, so that it hands out that alone: of a vocabulary of 50,000 the
// logits would be copied out and gone through again, which takes several times as long.
import type { GraphBuilder, Value } from './builder.ts';

/** What is added to the logit of a token that may not come: its share is 0, and 0 times it is still 0. */
const BARRED = -1e30;

export interface Ends {
  /** Tokens that end a text. */
  readonly ends: readonly number[];
  readonly vocabulary: number;
}

export interface LikeliestToken {
  /** (batch), i64: the first of the highest logits. */
  readonly token: Value;
  /** (batch, 1), f32: ln of its probability. */
  readonly logprob: Value;
}

/**
 * @param logits (batch, vocabulary), f32
 * @param bar (batch, 1), f32: 1 where the text may not end yet, else 0
 */
export function likeliestToken(
  graph: GraphBuilder,
  logits: Value,
  bar: Value,
  { ends, vocabulary }: Ends,
): LikeliestToken {
  const barred = new Float32Array(vocabulary);
  for (const id of ends) barred[id] = BARRED;
  const scores = graph.node('Add', [logits, graph.node('Mul', [bar, graph.row('barred', barred)])]);
  const token = graph.node('ArgMax', [scores], { axis: -1, keepdims: 0 });
  const last = graph.integers([-1]);
  const highest = graph.node('ReduceMax', [scores, last], { keepdims: 1 });
  const shares = graph.node('Exp', [graph.node('Sub', [scores, highest])]);
  const sum = graph.node('ReduceSum', [shares, last], { keepdims: 1 });
  return { token, logprob: graph.node('Neg', [graph.node('Log', [sum])]) };
}

/** Outputs `likeliest` (batch), i64, and `logprob` (batch, 1), f32, by the input `bar`. */
export function handOutLikeliest(graph: GraphBuilder, logits: Value, ends: Ends): LikeliestToken {
  const bar = graph.input('bar', 'f32', ['batch', 1]);
  const chosen = likeliestToken(graph, logits, bar, ends);
  graph.output('likeliest', chosen.token, 'i64', ['batch']);
  graph.output('logprob', chosen.logprob, 'f32', ['batch', 1]);
  return chosen;
}
