// What T5's decoder makes of new tokens, however it is kept what was said before: their rows in, logits out.
import type { T5Config } from '../checkpoint/config.ts';
import { headAttention, type KeysAndValues, slottedAttention, splitHeads } from './attention.ts';
import type { GraphBuilder, Precision, Value } from './builder.ts';
import { linear, reshape } from './layers.ts';
import type { SelfAttention } from './self-attention.ts';
import { FLAT, foldedShape, lastPosition } from './steps.ts';
import { block, feedForward, headShape, project, projectBack, type T5Graph, t5Norm } from './t5-layers.ts';
import { DECODER, headTable } from './t5-weights.ts';

/** What the encoder said. */
export interface Source {
  /** Of each layer, (batch, heads, source tokens, head width). */
  readonly layers: readonly KeysAndValues[];
  /** (batch, 1, 1, source tokens), added to the scores. */
  readonly bias: Value;
  /** Whether it lies in the device's memory, in the type of the products. */
  readonly inside: boolean;
}

/** What a step of the texts is made with. */
export interface T5Step {
  readonly graph: GraphBuilder;
  readonly config: T5Config;
  readonly precision: Precision;
  readonly attend: SelfAttention;
  readonly source: Source;
}

/** What the layers share. */
type Step = T5Step & T5Graph;

/** (batch, new, width) to (batch, vocabulary), of the last position. */
export function t5Logits({ graph, ...step }: T5Step, rows: Value): Value {
  const { config } = step;
  const whole: Step = { graph, ...step, folded: foldedShape(graph, rows, headShape(config).width) };
  let hidden = reshape(graph, rows, [FLAT, config.dModel]);
  for (let layer = 0; layer < config.numDecoderLayers; layer++) hidden = decoderLayer(whole, hidden, layer);
  return head(whole, lastPosition(graph, hidden, foldedShape(graph, rows, config.dModel)));
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
  const { graph, config, precision, source } = step;
  const { inside, bias } = source;
  const { key, value } = source.layers[layer] as KeysAndValues;
  const shape = headShape(config);
  const name = `${DECODER}.block.${layer}.layer.1.EncDecAttention`;
  const query = project(step, x, `${name}.q`);
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
