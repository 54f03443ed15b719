// The Q-Former: learned queries that read the picture, post-norm as in BERT. transformers' Blip2QFormerModel.
import type { QFormerConfig } from '../checkpoint/config.ts';
import { attention } from './attention.ts';
import type { GraphBuilder, Value } from './builder.ts';
import { add, feedForward, layerNorm, linear, reshape } from './layers.ts';

export interface Picture {
  /** (patches + 1, width) */
  readonly tokens: Value;
  readonly width: number;
}

/**
 * Computes in f32 whatever the rest does, as the reference does: its epsilon of 1e-12 is nothing in f16.
 *
 * @returns (queries, width)
 */
export function qformer(
  graph: GraphBuilder,
  picture: Picture,
  queries: number,
  config: QFormerConfig,
): Value {
  const { hiddenSize: width, crossAttentionFrequency: frequency } = config;
  const learned = reshape(graph, graph.weight('query_tokens', [1, queries, width]), [queries, width]);
  let hidden = layerNorm(graph, learned, 'qformer.layernorm', norm(config));
  for (let layer = 0; layer < config.numHiddenLayers; layer++) {
    const name = `qformer.encoder.layer.${layer}`;
    hidden = attend(graph, hidden, { tokens: hidden, width }, `${name}.attention`, config);
    if (layer % frequency === 0) hidden = attend(graph, hidden, picture, `${name}.crossattention`, config);
    hidden = queryFeedForward(graph, hidden, name, config);
  }
  return hidden;
}

/** Self-attention where `source` is `x`, cross-attention where it is the picture. */
function attend(graph: GraphBuilder, x: Value, source: Picture, name: string, config: QFormerConfig): Value {
  const { hiddenSize: out, numAttentionHeads: heads } = config;
  const project = (from: Value, part: string, width: number) =>
    reshape(graph, linear(graph, from, `${name}.attention.${part}`, { in: width, out }, 'f32'), [1, -1, out]);
  const query = project(x, 'query', out);
  const key = project(source.tokens, 'key', source.width);
  const value = project(source.tokens, 'value', source.width);
  const mixed = reshape(graph, attention(graph, { query, key, value }, { width: out, heads }, 'f32'), [
    -1,
    out,
  ]);
  const projected = linear(graph, mixed, `${name}.output.dense`, { in: out, out }, 'f32');
  return layerNorm(graph, add(graph, projected, x), `${name}.output.LayerNorm`, norm(config));
}

function queryFeedForward(graph: GraphBuilder, x: Value, name: string, config: QFormerConfig): Value {
  const { hiddenSize: width, intermediateSize: inner, hiddenAct: activation } = config;
  const names = [`${name}.intermediate_query.dense`, `${name}.output_query.dense`] as const;
  const wide = feedForward(graph, x, { names, width, inner, activation }, 'f32');
  return layerNorm(graph, add(graph, wide, x), `${name}.output_query.LayerNorm`, norm(config));
}

const norm = ({ hiddenSize: width, layerNormEps: epsilon }: QFormerConfig) => ({ width, epsilon });
