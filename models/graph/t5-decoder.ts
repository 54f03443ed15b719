// T5's decoder's graph: new tokens' rows, what was said before and what the encoder read in; logits, what it chose by them,
// and the new keys and values out.
import type { T5Config } from '../checkpoint/config.ts';
import type { GraphBuilder, Precision } from './builder.ts';
import { crossNames } from './cache-names.ts';
import { add } from './layers.ts';
import { handOutLikeliest } from './likeliest.ts';
import { keptInside, keptOutside, noting } from './self-attention.ts';
import { headShape, positionBias } from './t5-layers.ts';
import { t5Loop } from './t5-loop.ts';
import { type Source, t5Logits } from './t5-step.ts';
import { DECODER } from './t5-weights.ts';

/** What the graph does beside a step. */
export interface T5Extras {
  /** Keys and values are kept in the device's memory. */
  readonly inside?: boolean;
  /** The graph can write a whole answer. */
  readonly atOnce?: boolean;
  /** Tokens that end a text. */
  readonly ends?: readonly number[];
}

/**
 * Inputs, f32 unless said otherwise: `rows` (batch, new, width); `buckets` (batch, new, seen), i32, of relative positions;
 * `bias` (batch, 1, new, seen) and `cross_bias` (batch, 1, 1, source tokens), which mask what isn't filled; `cross_keys.N`
 * and `cross_values.N` (batch, heads, source tokens, head width), in the type that the encoder's graph hands out. Outputs:
 * `logits` (batch, vocabulary) of the last position, and what likeliest.ts tells. Those of the other keys and values are
 * told in self-attention.ts.
 */
export function t5Decoder(
  graph: GraphBuilder,
  config: T5Config,
  precision: Precision,
  { inside = false, atOnce = false, ends = [] }: T5Extras = {},
): void {
  const { vocabSize } = config;
  const rows = graph.input('rows', 'f32', ['batch', 'new', config.dModel]);
  const buckets = graph.input('buckets', 'i32', ['batch', 'new', 'seen']);
  const mask = graph.input('bias', 'f32', ['batch', 1, 'new', 'seen']);
  const bias = add(graph, positionBias(graph, buckets, DECODER, config), mask);
  const source = sourceInputs(graph, config, inside ? precision : 'f32', inside);
  const kept = (inside ? keptInside : keptOutside)({ graph, rows, bias, precision }, headShape(config));
  const { attend, newest } = noting(kept);
  const logits = t5Logits({ graph, config, precision, attend, source }, rows);
  graph.output('logits', logits, 'f32', ['batch', vocabSize]);
  const first = handOutLikeliest(graph, logits, { ends, vocabulary: vocabSize });
  if (atOnce) t5Loop({ graph, config, precision, ends, source, newest, first: first.token });
}

function sourceInputs(graph: GraphBuilder, config: T5Config, type: Precision, inside: boolean): Source {
  const sides = ['batch', config.numHeads, 'source', config.dKv] as const;
  const layers = Array.from({ length: config.numDecoderLayers }, (_, layer) => {
    const { keys, values } = crossNames(layer);
    return { key: graph.input(keys, type, sides), value: graph.input(values, type, sides) };
  });
  return { layers, bias: graph.input('cross_bias', 'f32', ['batch', 1, 1, 'source']), inside };
}
