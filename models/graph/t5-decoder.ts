// One step of T5's decoder: new tokens' rows, what was said before and what the encoder read in; logits and the new
// keys and values out.
import type { T5Config } from '../checkpoint/config.ts';
import { headAttention, slottedAttention, splitHeads } from './attention.ts';
import type { GraphBuilder, Precision, Value } from './builder.ts';
import { crossNames } from './cache-names.ts';
import { add, linear, reshape } from './layers.ts';
import { handOutLikeliest } from './likeliest.ts';
import { keptInside, keptOutside, type SelfAttention } from './self-attention.ts';
import { FLAT, foldedShape, lastPosition } from './steps.ts';
import {
  block,
  feedForward,
  headShape,
  positionBias,
  project,
  projectBack,
  type T5Graph,
  t5Norm,
} from './t5-layers.ts';
import { DECODER, headTable } from './t5-weights.ts';

interface Step extends T5Graph {
  readonly attend: SelfAttention;
  /** (batch, 1, 1, source tokens) */
  readonly crossBias: Value;
  readonly inside: boolean;
}

export interface T5Extras {
  /** Keys and values are kept in the device's memory. */
  readonly inside?: boolean;
  /** Tokens that end a text. */
  readonly ends?: readonly number[];
}

/**
 * Inputs, f32 unless said otherwise: `rows` (batch, new, width); `buckets` (batch, new, seen), i32, of relative positions;
 * `bias` (batch, 1, new, seen) and `cross_bias` (batch, 1, 1, source tokens), which mask what isn't filled; `cross_keys.N`
 * and `cross_values.N` (batch, heads, source tokens, head width), in the type that the encoder's graph hands out. Outputs:
 * `logits` (batch, vocabulary) of the last position, and what likeliest.ts tells. Those of the other keys and values are told in self-attention.ts.
 */
export function t5Decoder(
  graph: GraphBuilder,
  config: T5Config,
  precision: Precision,
  { inside = false, ends = [] }: T5Extras = {},
): void {
  const rows = graph.input('rows', 'f32', ['batch', 'new', config.dModel]);
  const buckets = graph.input('buckets', 'i32', ['batch', 'new', 'seen']);
  const mask = graph.input('bias', 'f32', ['batch', 1, 'new', 'seen']);
  const bias = add(graph, positionBias(graph, buckets, DECODER, config), mask);
  const crossBias = graph.input('cross_bias', 'f32', ['batch', 1, 1, 'source']);
  const folded = foldedShape(graph, rows, headShape(config).width);
  const attend = (inside ? keptInside : keptOutside)({ graph, rows, bias, precision }, headShape(config));
  const step = { graph, config, precision, attend, crossBias, folded, inside };
  let hidden = reshape(graph, rows, [FLAT, config.dModel]);
  for (let layer = 0; layer < config.numDecoderLayers; layer++) hidden = decoderLayer(step, hidden, layer);
  const last = lastPosition(graph, hidden, foldedShape(graph, rows, config.dModel));
  const logits = head(step, last);
  graph.output('logits', logits, 'f32', ['batch', config.vocabSize]);
  handOutLikeliest(graph, logits, { ends, vocabulary: config.vocabSize });
}

function decoderLayer(step: Step, x: Value, layer: number): Value {
  const name = `${DECODER}.block.${layer}.layer`;
  const said = block(step, x, `${name}.0`, (normed) => selfAttention(step, normed, layer));
  const seen = block(step, said, `${name}.1`, (normed) => crossAttention(step, normed, layer));
  return block(step, seen, `${name}.2`, (normed) => feedForward(step, normed, `${name}.2.DenseReluDense`));
}

function selfAttention(step: Step, x: Value, layer: number): Value {
  const { graph, config, attend } = step;
  const shape = headShape(config);
  const name = `${DECODER}.block.${layer}.layer.0.SelfAttention`;
  const key = splitHeads(graph, project(step, x, `${name}.k`), shape);
  const value = splitHeads(graph, project(step, x, `${name}.v`), shape);
  const mixed = attend({ query: project(step, x, `${name}.q`), key, value }, layer);
  return projectBack(step, reshape(graph, mixed, [FLAT, shape.width]), `${name}.o`);
}

function crossAttention(step: Step, x: Value, layer: number): Value {
  const { graph, config, precision, crossBias: bias, inside } = step;
  const shape = headShape(config);
  const names = crossNames(layer);
  const name = `${DECODER}.block.${layer}.layer.1.EncDecAttention`;
  const sides = ['batch', config.numHeads, 'source', config.dKv] as const;
  const type = inside ? precision : 'f32';
  const query = project(step, x, `${name}.q`);
  const key = graph.input(names.keys, type, sides);
  const value = graph.input(names.values, type, sides);
  const mixed = inside
    ? slottedAttention(graph, { query, keys: key, values: value, bias }, shape, precision)
    : headAttention(graph, { query, key, value, bias }, shape, precision);
  return projectBack(step, reshape(graph, mixed, [FLAT, shape.width]), `${name}.o`);
}

/** (batch, width) to (batch, vocabulary). Only the first T5, whose head is the word table, scales before it. */
function head({ graph, config, precision }: Step, last: Value): Value {
  const { dModel: width, vocabSize, scaleDecoderOutputs } = config;
  const normed = t5Norm(graph, last, `${DECODER}.final_layer_norm`, config);
  const scaled = scaleDecoderOutputs ? graph.node('Mul', [normed, graph.scalar(width ** -0.5)]) : normed;
  const table = headTable(graph).replace(/\.weight$/, '');
  return linear(graph, scaled, table, { in: width, out: vocabSize, bias: false }, precision);
}
