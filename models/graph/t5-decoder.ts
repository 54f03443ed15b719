// One step of T5's decoder: new tokens' rows, what was said before and what the encoder read in; logits and the new
// keys and values out.
import type { T5Config } from '../checkpoint/config.ts';
import { headAttention, splitHeads } from './attention.ts';
import type { GraphBuilder, Precision, Value } from './builder.ts';
import { crossNames } from './cache-names.ts';
import { add, linear, reshape } from './layers.ts';
import { keptOutside, type SelfAttention } from './self-attention.ts';
import { foldedShape, lastPosition } from './steps.ts';
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
}

/**
 * Inputs, f32 unless said otherwise: `rows` (batch, new, width); `buckets` (batch, new, capacity + new), i32, of
 * relative positions; `bias` (batch, 1, new, capacity + new) and `cross_bias` (batch, 1, 1, source tokens), which mask
 * what isn't filled; `past_keys.N` and `past_values.N` (batch, heads, capacity, head width); `cross_keys.N` and
 * `cross_values.N` (batch, heads, source tokens, head width). Outputs: `logits` (batch, vocabulary) of the last
 * position; `new_keys.N` and `new_values.N` (batch, heads, new, head width).
 */
export function t5Decoder(graph: GraphBuilder, config: T5Config, precision: Precision): void {
  const rows = graph.input('rows', 'f32', ['batch', 'new', config.dModel]);
  const buckets = graph.input('buckets', 'i32', ['batch', 'new', 'capacity_and_new']);
  const mask = graph.input('bias', 'f32', ['batch', 1, 'new', 'capacity_and_new']);
  const bias = add(graph, positionBias(graph, buckets, DECODER, config), mask);
  const crossBias = graph.input('cross_bias', 'f32', ['batch', 1, 1, 'source']);
  const folded = foldedShape(graph, rows, headShape(config).width);
  const attend = keptOutside({ graph, rows, bias, precision }, headShape(config));
  const step = { graph, config, precision, attend, crossBias, folded };
  let hidden = reshape(graph, rows, [-1, config.dModel]);
  for (let layer = 0; layer < config.numDecoderLayers; layer++) hidden = decoderLayer(step, hidden, layer);
  const last = lastPosition(graph, hidden, foldedShape(graph, rows, config.dModel), config.dModel);
  graph.output('logits', head(step, last), 'f32', ['batch', config.vocabSize]);
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
  return projectBack(step, reshape(graph, mixed, [-1, shape.width]), `${name}.o`);
}

function crossAttention(step: Step, x: Value, layer: number): Value {
  const { graph, config, precision, crossBias: bias } = step;
  const shape = headShape(config);
  const names = crossNames(layer);
  const name = `${DECODER}.block.${layer}.layer.1.EncDecAttention`;
  const sides = ['batch', config.numHeads, 'source', config.dKv] as const;
  const inputs = {
    query: project(step, x, `${name}.q`),
    key: graph.input(names.keys, 'f32', sides),
    value: graph.input(names.values, 'f32', sides),
    bias,
  };
  const mixed = headAttention(graph, inputs, shape, precision);
  return projectBack(step, reshape(graph, mixed, [-1, shape.width]), `${name}.o`);
}

/** (batch, width) to (batch, vocabulary). Only the first T5, whose head is the word table, scales before it. */
function head({ graph, config, precision }: Step, last: Value): Value {
  const { dModel: width, vocabSize, scaleDecoderOutputs } = config;
  const normed = t5Norm(graph, last, `${DECODER}.final_layer_norm`, config);
  const scaled = scaleDecoderOutputs ? graph.node('Mul', [normed, graph.scalar(width ** -0.5)]) : normed;
  const table = headTable(graph).replace(/\.weight$/, '');
  return linear(graph, scaled, table, { in: width, out: vocabSize, bias: false }, precision);
}
