// What OPT makes of new tokens, however it is kept what was seen before: their rows in, logits out.
// transformers' OPTDecoder; Zhang et al. 2022, https://arxiv.org/abs/2205.01068.
import type { OptConfig } from '../checkpoint/config.ts';
import { splitHeads } from './attention.ts';
import type { GraphBuilder, Precision, Value } from './builder.ts';
import { add, feedForward, layerNorm, linear, reshape } from './layers.ts';
import { DECODER, headTable } from './opt-weights.ts';
import type { SelfAttention } from './self-attention.ts';
import { FLAT, type Folded, fold, foldedShape, lastPosition } from './steps.ts';

/** PyTorch's default; OPT's config has no field for it. */
const EPSILON = 1e-5;
/** OPT's table of positions begins with two rows that are never used. */
const POSITION_OFFSET = 2;

/** What a step of the texts is made with. */
export interface OptStep {
  readonly graph: GraphBuilder;
  readonly config: OptConfig;
  readonly precision: Precision;
  readonly attend: SelfAttention;
}

/** What the layers share. */
interface Step extends OptStep {
  readonly folded: Folded;
}

/** (batch, new, word width) to (batch, vocabulary), of the last position. @param positions (batch, new), i32 */
export function optLogits({ graph, ...step }: OptStep, rows: Value, positions: Value): Value {
  const { config } = step;
  const whole: Step = { graph, ...step, folded: foldedShape(graph, rows, config.hiddenSize) };
  let hidden = embed(whole, rows, positions);
  for (let layer = 0; layer < config.numHiddenLayers; layer++) hidden = decoderLayer(whole, hidden, layer);
  return head(whole, hidden);
}

/** (batch, new, word width) to (batch × new, width), with the positions added. */
function embed({ graph, config, precision }: Step, rows: Value, positions: Value): Value {
  const { hiddenSize: width, wordEmbedProjDim: wordWidth, maxPositionEmbeddings } = config;
  const words = reshape(graph, rows, [FLAT, wordWidth]);
  const shape = { in: wordWidth, out: width, bias: false };
  const wide = wordWidth === width ? words : linear(graph, words, `${DECODER}.project_in`, shape, precision);
  const sides = [maxPositionEmbeddings + POSITION_OFFSET, width] as const;
  const table = graph.weight(`${DECODER}.embed_positions.weight`, sides);
  const indices = add(graph, positions, graph.integers([POSITION_OFFSET], 'i32'));
  const located = reshape(graph, graph.node('Gather', [table, indices], { axis: 0 }), [FLAT, width]);
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
  const { graph, config, precision, attend, folded } = step;
  const { hiddenSize: width, numAttentionHeads: heads, enableBias } = config;
  const shape = { in: width, out: width, bias: enableBias };
  const name = `${layerName}.self_attn`;
  const project = (part: string) =>
    fold(graph, linear(graph, x, `${name}.${part}`, shape, precision), folded);
  const key = splitHeads(graph, project('k_proj'), { width, heads });
  const value = splitHeads(graph, project('v_proj'), { width, heads });
  const mixed = attend({ query: project('q_proj'), key, value }, layer);
  return linear(graph, reshape(graph, mixed, [FLAT, width]), `${name}.out_proj`, shape, precision);
}

/** (batch × new, width) to (batch, vocabulary): the last position only. */
function head({ graph, config, precision, folded }: Step, hidden: Value): Value {
  const { hiddenSize: width, wordEmbedProjDim: wordWidth, vocabSize } = config;
  const flat = lastPosition(graph, hidden, folded);
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
