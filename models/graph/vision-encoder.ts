// BLIP-2's vision encoder, a pre-norm ViT: transformers' Blip2VisionModel.
import type { VisionConfig } from '../checkpoint/picture-config.ts';
import { attention } from './attention.ts';
import type { GraphBuilder, Precision, Value } from './builder.ts';
import { add, feedForward, forEach, layerNorm, linear, reshape } from './layers.ts';

/**
 * @param pixels (pictures, 3, side, side)
 * @returns (pictures × tokens, width): of each the class token first, then the patches row by row, after the last norm
 */
export function visionEncoder(
  graph: GraphBuilder,
  pixels: Value,
  config: VisionConfig,
  precision: Precision,
) {
  let hidden = embedPatches(graph, pixels, config);
  for (let layer = 0; layer < config.numHiddenLayers; layer++) {
    hidden = encoderLayer(graph, hidden, `vision_model.encoder.layers.${layer}`, config, precision);
  }
  return layerNorm(graph, hidden, 'vision_model.post_layernorm', norm(config));
}

/** Of one picture: its patches and the class token. */
export const pictureTokens = ({ imageSize, patchSize }: VisionConfig) =>
  Math.floor(imageSize / patchSize) ** 2 + 1;

/** (pictures, 3, side, side) to (pictures × tokens, width); in f32, as pixels come once an image. */
function embedPatches(graph: GraphBuilder, pixels: Value, config: VisionConfig): Value {
  const { hiddenSize: width, patchSize: patch } = config;
  const name = 'vision_model.embeddings';
  const tokens = pictureTokens(config);
  const weight = graph.weight(`${name}.patch_embedding.weight`, [width, 3, patch, patch]);
  const bias = graph.weight(`${name}.patch_embedding.bias`, [width]);
  const sides = { kernel_shape: [patch, patch], strides: [patch, patch] };
  const convolved = graph.node('Conv', [pixels, weight, bias], sides);
  const planes = reshape(graph, convolved, ['pictures', width, tokens - 1]);
  const patches = graph.node('Transpose', [planes], { perm: [0, 2, 1] }); // (pictures, tokens - 1, width)
  const first = forEach(graph, pixels, graph.weight(`${name}.class_embedding`, [1, 1, width]), [1, width]);
  const positions = graph.weight(`${name}.position_embedding`, [1, tokens, width]);
  const all = graph.node('Concat', [first, patches], { axis: 1 });
  return reshape(graph, add(graph, all, positions), ['patches', width]);
}

/** A picture is one row for each of its patches. */
const manyRows = true;

function encoderLayer(
  graph: GraphBuilder,
  x: Value,
  name: string,
  config: VisionConfig,
  precision: Precision,
) {
  const { hiddenSize: width, intermediateSize: inner, hiddenAct: activation } = config;
  const attended = selfAttention(
    graph,
    layerNorm(graph, x, `${name}.layer_norm1`, norm(config)),
    `${name}.self_attn`,
    config,
    precision,
  );
  const hidden = add(graph, attended, x);
  const names = [`${name}.mlp.fc1`, `${name}.mlp.fc2`] as const;
  const normed = layerNorm(graph, hidden, `${name}.layer_norm2`, norm(config));
  return add(
    graph,
    feedForward(graph, normed, { names, width, inner, activation, manyRows }, precision),
    hidden,
  );
}

function selfAttention(
  graph: GraphBuilder,
  x: Value,
  name: string,
  config: VisionConfig,
  precision: Precision,
) {
  const { hiddenSize: width, numAttentionHeads: heads, qkvBias: bias } = config;
  const fused = linear(graph, x, `${name}.qkv`, { in: width, out: 3 * width, bias, manyRows }, precision);
  const parts = graph.split('Split', [fused], 3, { axis: -1, num_outputs: 3 });
  const [query, key, value] = parts.map((part) =>
    reshape(graph, part, ['pictures', pictureTokens(config), width]),
  ) as [Value, Value, Value];
  const attended = attention(graph, { query, key, value }, { width, heads }, precision);
  const mixed = reshape(graph, attended, ['patches', width]);
  return linear(graph, mixed, `${name}.projection`, { in: width, out: width, manyRows }, precision);
}

const norm = ({ hiddenSize: width, layerNormEps: epsilon }: VisionConfig) => ({ width, epsilon });
