// T5's encoder, and what the decoder's layers read of it: each computed once for an answer.
import type { T5Config } from '../checkpoint/config.ts';
import { attention, splitHeads } from './attention.ts';
import type { GraphBuilder, Precision, Value } from './builder.ts';
import { crossNames } from './cache-names.ts';
import { convert } from './conversions.ts';
import { add, reshape } from './layers.ts';
import { FLAT, foldedShape } from './steps.ts';
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
import { DECODER, ENCODER } from './t5-weights.ts';

/**
 * Inputs: `rows` (batch, tokens, width), f32; `buckets` (1, tokens, tokens), i32, of relative positions; `bias`
 * (batch, 1, 1, tokens), f32, which masks what fills shorter prompts up. Outputs: `cross_keys.N` and `cross_values.N`
 * (batch, heads, tokens, head width) for each layer of the decoder, in f32 or, to be kept in the device's memory, in the
 * type of the products.
 */
export function t5Encoder(
  graph: GraphBuilder,
  config: T5Config,
  precision: Precision,
  { inside = false }: { readonly inside?: boolean } = {},
): void {
  const rows = graph.input('rows', 'f32', ['batch', 'tokens', config.dModel]);
  const buckets = graph.input('buckets', 'i32', [1, 'tokens', 'tokens']);
  const t5 = {
    graph,
    config,
    precision,
    folded: foldedShape(graph, rows, headShape(config).width, 'tokens'),
  };
  const mask = graph.input('bias', 'f32', ['batch', 1, 1, 'tokens']);
  const bias = add(graph, positionBias(graph, buckets, ENCODER, config), mask);
  let hidden = reshape(graph, rows, [FLAT, config.dModel]);
  for (let layer = 0; layer < config.numLayers; layer++) hidden = encoderLayer(t5, hidden, bias, layer);
  const normed = t5Norm(graph, hidden, `${ENCODER}.final_layer_norm`, config);
  for (let layer = 0; layer < config.numDecoderLayers; layer++) {
    cross(t5, normed, layer, inside ? precision : 'f32');
  }
}

function encoderLayer(t5: T5Graph, x: Value, bias: Value, layer: number): Value {
  const name = `${ENCODER}.block.${layer}`;
  const attended = block(t5, x, `${name}.layer.0`, (normed) =>
    selfAttention(t5, normed, bias, `${name}.layer.0.SelfAttention`),
  );
  return block(t5, attended, `${name}.layer.1`, (normed) =>
    feedForward(t5, normed, `${name}.layer.1.DenseReluDense`),
  );
}

function selfAttention(t5: T5Graph, x: Value, bias: Value, name: string): Value {
  const { graph, config, precision } = t5;
  const shape = headShape(config);
  const [query, key, value] = ['q', 'k', 'v'].map((part) => project(t5, x, `${name}.${part}`)) as [
    Value,
    Value,
    Value,
  ];
  const mixed = attention(graph, { query, key, value, bias }, shape, precision);
  return projectBack(t5, reshape(graph, mixed, [FLAT, shape.width]), `${name}.o`);
}

function cross(t5: T5Graph, x: Value, layer: number, type: Precision): void {
  const { graph, config } = t5;
  const name = `${DECODER}.block.${layer}.layer.1.EncDecAttention`;
  const { keys, values } = crossNames(layer);
  const sides = ['batch', config.numHeads, 'tokens', config.dKv] as const;
  const output = (into: string, part: string) => {
    const split = splitHeads(graph, project(t5, x, `${name}.${part}`), headShape(config));
    graph.output(into, convert(graph, split, type), type, sides);
  };
  output(keys, 'k');
  output(values, 'v');
}
