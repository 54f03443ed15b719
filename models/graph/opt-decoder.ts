// One step of OPT: the new tokens' rows and what was seen before in, logits and the new keys and values out.
// transformers' OPTDecoder; Zhang et al. 2022, https://arxiv.org/abs/2205.01068.
import type { OptConfig } from '../checkpoint/config.ts';
import { cachedAttention, splitHeads } from './attention.ts';
import type { GraphBuilder, Precision, Value } from './builder.ts';
import { cacheNames } from './cache-names.ts';
import { add, feedForward, layerNorm, linear, reshape } from './layers.ts';
import { DECODER, headTable } from './opt-weights.ts';
import { cacheLengths, foldedShape, lastPosition } from './steps.ts';

/** PyTorch's default; OPT's config has no field for it. */
const EPSILON = 1e-5;
/** OPT's table of positions begins with two rows that are never used. */
const POSITION_OFFSET = 2;

/** What the layers share. */
interface Step {
  readonly graph: GraphBuilder;
  readonly config: OptConfig;
  readonly precision: Precision;
  /** (batch, 1, new, capacity + new) */
  readonly bias: Value;
  /** capacity, new */
  readonly lengths: Value;
  /** batch, new, width: to which a flat (batch × new, width) is folded for attention. */
  readonly folded: Value;
}

/**
 * Inputs, f32 unless said otherwise: `rows` (batch, new, word width); `positions` (batch, new), i32, from 0;
 * `bias` (batch, 1, new, capacity + new), added to the attention's scores; `past_keys.N` and `past_values.N`
 * (batch, heads, capacity, head width), of which `bias` masks what isn't filled yet. Outputs: `logits`
 * (batch, vocabulary) of the last position; `new_keys.N` and `new_values.N` (batch, heads, new, head width).
 */
export function optDecoder(graph: GraphBuilder, config: OptConfig, precision: Precision): void {
  const { wordEmbedProjDim: wordWidth, numHiddenLayers } = config;
  const rows = graph.input('rows', 'f32', ['batch', 'new', wordWidth]);
  const bias = graph.input('bias', 'f32', ['batch', 1, 'new', 'capacity_and_new']);
  const folded = foldedShape(graph, rows, config.hiddenSize);
  const step = { graph, config, precision, bias, folded, lengths: cacheLengths(graph, rows) };
  let hidden = embed(step, rows);
  for (let layer = 0; layer < numHiddenLayers; layer++) hidden = decoderLayer(step, hidden, layer);
  graph.output('logits', head(step, hidden), 'f32', ['batch', config.vocabSize]);
}

/** (batch, new, word width) to (batch × new, width), with the positions added. */
function embed({ graph, config, precision }: Step, rows: Value): Value {
  const { hiddenSize: width, wordEmbedProjDim: wordWidth, maxPositionEmbeddings } = config;
  const positions = graph.input('positions', 'i32', ['batch', 'new']);
  const words = reshape(graph, rows, [-1, wordWidth]);
  const shape = { in: wordWidth, out: width, bias: false };
  const wide = wordWidth === width ? words : linear(graph, words, `${DECODER}.project_in`, shape, precision);
  const sides = [maxPositionEmbeddings + POSITION_OFFSET, width] as const;
  const table = graph.weight(`${DECODER}.embed_positions.weight`, sides);
  const indices = add(graph, positions, graph.integers([POSITION_OFFSET], 'i32'));
  const located = reshape(graph, graph.node('Gather', [table, indices], { axis: 0 }), [-1, width]);
  return add(graph, wide, located);
}

function decoderLayer(step: Step, x: Value, layer: number): Value {
  const { graph, config, precision } = step;
  const name = `${DECODER}.layers.${layer}`;
  const attended = block(step, x, `${name}.self_attn_layer_norm`, (normed) =>
    selfAttention(step, normed, name, layer),
  );
  const shape = {
    names: [`${name}.fc1`, `${name}.fc2`] as const,
    width: config.hiddenSize,
    inner: config.ffnDim,
    activation: config.activationFunction,
    bias: config.enableBias,
  };
  return block(step, attended, `${name}.final_layer_norm`, (normed) =>
    feedForward(graph, normed, shape, precision),
  );
}

/** A residual block with its norm before the branch, or (OPT-350m) after the sum. */
function block({ graph, config }: Step, x: Value, normName: string, branch: (x: Value) => Value): Value {
  const normalise = (value: Value) => layerNorm(graph, value, normName, norm(config));
  return config.doLayerNormBefore ? add(graph, x, branch(normalise(x))) : normalise(add(graph, x, branch(x)));
}

function selfAttention(step: Step, x: Value, layerName: string, layer: number): Value {
  const { graph, config, precision, bias, folded, lengths } = step;
  const { hiddenSize: width, numAttentionHeads: heads, enableBias } = config;
  const shape = { in: width, out: width, bias: enableBias };
  const name = `${layerName}.self_attn`;
  const project = (part: string) =>
    graph.node('Reshape', [linear(graph, x, `${name}.${part}`, shape, precision), folded]);
  const key = splitHeads(graph, project('k_proj'), { width, heads });
  const value = splitHeads(graph, project('v_proj'), { width, heads });
  const inputs = { query: project('q_proj'), key, value, bias, lengths, ...cache(step, key, value, layer) };
  const mixed = cachedAttention(graph, inputs, { width, heads }, precision);
  return linear(graph, reshape(graph, mixed, [-1, width]), `${name}.out_proj`, shape, precision);
}

/** Hands the new keys and values out, and takes those seen before in. */
function cache({ graph, config }: Step, key: Value, value: Value, layer: number) {
  const { numAttentionHeads: heads, hiddenSize } = config;
  const names = cacheNames(layer);
  const sides = (tokens: string) => ['batch', heads, tokens, hiddenSize / heads] as const;
  graph.output(names.newKeys, key, 'f32', sides('new'));
  graph.output(names.newValues, value, 'f32', sides('new'));
  return {
    pastKey: graph.input(names.pastKeys, 'f32', sides('capacity')),
    pastValue: graph.input(names.pastValues, 'f32', sides('capacity')),
  };
}

/** (batch × new, width) to (batch, vocabulary): the last position only. */
function head({ graph, config, precision, folded }: Step, hidden: Value): Value {
  const { hiddenSize: width, wordEmbedProjDim: wordWidth, vocabSize } = config;
  const flat = lastPosition(graph, hidden, folded, width);
  const normed = hasFinalNorm(config)
    ? layerNorm(graph, flat, `${DECODER}.final_layer_norm`, norm(config))
    : flat;
  const shape = { in: width, out: wordWidth, bias: false };
  const words =
    wordWidth === width ? normed : linear(graph, normed, `${DECODER}.project_out`, shape, precision);
  const table = headTable(graph, config).replace(/\.weight$/, '');
  return linear(graph, words, table, { in: wordWidth, out: vocabSize, bias: false }, precision);
}

const hasFinalNorm = (config: OptConfig) => config.doLayerNormBefore && !config._removeFinalLayerNorm;

const norm = ({ hiddenSize: width, layerNormElementwiseAffine: affine }: OptConfig) => ({
  width,
  affine,
  epsilon: EPSILON,
});
