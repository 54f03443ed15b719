// OPT's graph: the new tokens' rows and what was seen before in; logits, what it chose by them, and the new keys and
// values out.
import type { OptConfig } from '../checkpoint/config.ts';
import type { GraphBuilder, Precision } from './builder.ts';
import { handOutLikeliest } from './likeliest.ts';
import { optLoop } from './opt-loop.ts';
import { optLogits } from './opt-step.ts';
import { keptInside, keptOutside, noting } from './self-attention.ts';

/** What the graph does beside a step. */
export interface OptExtras {
  /** Keys and values are kept in the device's memory. */
  readonly inside?: boolean;
  /** The graph can write a whole answer. */
  readonly atOnce?: boolean;
  /** Tokens that end a text. */
  readonly ends?: readonly number[];
}

/**
 * Inputs, f32 unless said otherwise: `rows` (batch, new, word width); `positions` (batch, new), i32, from 0; `bias`,
 * added to the attention's scores, which masks what isn't filled yet. Outputs: `logits` (batch, vocabulary) of the last
 * position, and what likeliest.ts tells. Those of keys and values are told where they are made, in self-attention.ts.
 */
export function optDecoder(
  graph: GraphBuilder,
  config: OptConfig,
  precision: Precision,
  { inside = false, atOnce = false, ends = [] }: OptExtras = {},
): void {
  const { wordEmbedProjDim: wordWidth, hiddenSize: width, numAttentionHeads: heads, vocabSize } = config;
  const rows = graph.input('rows', 'f32', ['batch', 'new', wordWidth]);
  const bias = graph.input('bias', 'f32', ['batch', 1, 'new', 'seen']);
  const positions = graph.input('positions', 'i32', ['batch', 'new']);
  const kept = (inside ? keptInside : keptOutside)({ graph, rows, bias, precision }, { width, heads });
  const { attend, newest } = noting(kept);
  const logits = optLogits({ graph, config, precision, attend }, rows, positions);
  graph.output('logits', logits, 'f32', ['batch', vocabSize]);
  const first = handOutLikeliest(graph, logits, { ends, vocabulary: vocabSize });
  if (atOnce) optLoop({ graph, config, precision, ends, rows, bias, positions, newest, first: first.token });
}
