// The Q-Former, post-norm as in BERT: learned queries that read the picture, a text, or both side by side.
// transformers' Blip2QFormerModel.
import type { QFormerConfig } from '../checkpoint/picture-config.ts';
import { attention } from './attention.ts';
import type { GraphBuilder, Value } from './builder.ts';
import { add, feedForward, layerNorm, linear, reshape } from './layers.ts';

export interface Picture {
  /** (patches + 1, width) */
  readonly tokens: Value;
  readonly width: number;
}

export interface QFormerInput {
  /** What the queries look at. Without it there are no queries. */
  readonly looking?: { readonly queries: number; readonly picture: Picture };
  /** (tokens, width): words with their positions added. */
  readonly text?: Value;
}

/**
 * Queries and text attend to each other; only the queries see the picture, and each of the two has a feed-forward of
 * its own. Computes in f32 whatever the rest does, as the reference does: its epsilon of 1e-12 is nothing in f16.
 *
 * @returns (queries + tokens, width), the queries first
 */
export function qformer(graph: GraphBuilder, input: QFormerInput, config: QFormerConfig): Value {
  const embeddings = joined(graph, [queryTokens(graph, input, config), input.text]);
  let hidden = layerNorm(graph, embeddings, 'qformer.layernorm', norm(config));
  for (let layer = 0; layer < config.numHiddenLayers; layer++) {
    const name = `qformer.encoder.layer.${layer}`;
    const itself = { tokens: hidden, width: config.hiddenSize };
    const attended = attend(graph, hidden, itself, `${name}.attention`, config);
    hidden = joined(graph, [
      queryBranch(graph, attended, input, layer, config),
      textBranch(graph, attended, input, layer, config),
    ]);
  }
  return hidden;
}

function queryTokens(graph: GraphBuilder, { looking }: QFormerInput, { hiddenSize: width }: QFormerConfig) {
  if (looking === undefined) return undefined;
  const { queries } = looking;
  return reshape(graph, graph.weight('query_tokens', [1, queries, width]), [queries, width]);
}

function queryBranch(
  graph: GraphBuilder,
  attended: Value,
  { looking, text }: QFormerInput,
  layer: number,
  config: QFormerConfig,
): Value | undefined {
  if (looking === undefined) return undefined;
  const name = `qformer.encoder.layer.${layer}`;
  const { queries, picture } = looking;
  const own = text === undefined ? attended : rows(graph, attended, 0, queries);
  const looks = layer % config.crossAttentionFrequency === 0;
  const seen = looks ? attend(graph, own, picture, `${name}.crossattention`, config) : own;
  return normedFeedForward(graph, seen, name, '_query', config);
}

function textBranch(
  graph: GraphBuilder,
  attended: Value,
  { looking, text }: QFormerInput,
  layer: number,
  config: QFormerConfig,
): Value | undefined {
  if (text === undefined) return undefined;
  const own =
    looking === undefined ? attended : rows(graph, attended, looking.queries, Number.MAX_SAFE_INTEGER);
  return normedFeedForward(graph, own, `qformer.encoder.layer.${layer}`, '', config);
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

/** @param whose what the names of the queries' layers end in */
function normedFeedForward(
  graph: GraphBuilder,
  x: Value,
  name: string,
  whose: '_query' | '',
  config: QFormerConfig,
): Value {
  const { hiddenSize: width, intermediateSize: inner, hiddenAct: activation } = config;
  const names = [`${name}.intermediate${whose}.dense`, `${name}.output${whose}.dense`] as const;
  const wide = feedForward(graph, x, { names, width, inner, activation }, 'f32');
  return layerNorm(graph, add(graph, wide, x), `${name}.output${whose}.LayerNorm`, norm(config));
}

const rows = (graph: GraphBuilder, x: Value, from: number, to: number): Value =>
  graph.node('Slice', [x, ...[[from], [to], [0]].map((bound) => graph.integers(bound))]);

function joined(graph: GraphBuilder, parts: readonly (Value | undefined)[]): Value {
  const [first = '', ...others] = parts.filter((part) => part !== undefined);
  return others.length === 0 ? first : graph.node('Concat', [first, ...others], { axis: 0 });
}

const norm = ({ hiddenSize: width, layerNormEps: epsilon }: QFormerConfig) => ({ width, epsilon });
