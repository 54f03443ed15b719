// The Q-Former, post-norm as in BERT: learned queries that read the picture, a text, or both side by side.
// transformers' Blip2QFormerModel.
import type { QFormerConfig } from '../checkpoint/picture-config.ts';
import { attention } from './attention.ts';
import type { GraphBuilder, Value } from './builder.ts';
import { add, feedForward, forEach, layerNorm, linear, reshape } from './layers.ts';

/** What attends or is attended to. */
export interface Rows {
  /** (rows, width) */
  readonly tokens: Value;
  readonly width: number;
  /** What the graph calls their number. */
  readonly side: string;
  /** How many of the rows belong together, one picture's behind another's; without it, all do. */
  readonly count?: number;
}

export interface QFormerInput {
  /** What the queries look at. Without it there are no queries. */
  readonly looking?: {
    readonly queries: number;
    /** Of each picture the class token and the patches. */
    readonly picture: Rows;
    /** Its first side is how many pictures there are; without it, one. There can't be a text beside it. */
    readonly batch?: Value;
  };
  /** (tokens, width): words with their positions added. */
  readonly text?: Value;
}

/**
 * Queries and text attend to each other; only the queries see the picture, and each of the two has a feed-forward of
 * its own. Computes in f32 whatever the rest does, as the reference does: its epsilon of 1e-12 is nothing in f16.
 *
 * @returns (queries + tokens, width), the queries first; (pictures × queries, width) of a batch
 */
export function qformer(graph: GraphBuilder, input: QFormerInput, config: QFormerConfig): Value {
  const embeddings = joined(graph, [queryTokens(graph, input, config), input.text]);
  let hidden = layerNorm(graph, embeddings, 'qformer.layernorm', norm(config));
  for (let layer = 0; layer < config.numHiddenLayers; layer++) {
    const name = `qformer.encoder.layer.${layer}`;
    const itself = besides(hidden, input, config);
    const attended = attend(graph, itself, itself, `${name}.attention`, config);
    hidden = joined(graph, [
      queryBranch(graph, attended, input, layer, config),
      textBranch(graph, attended, input, layer, config),
    ]);
  }
  return hidden;
}

function queryTokens(graph: GraphBuilder, { looking }: QFormerInput, { hiddenSize: width }: QFormerConfig) {
  if (looking === undefined) return undefined;
  const { queries, batch } = looking;
  const learned = graph.weight('query_tokens', [1, queries, width]);
  const each = batch === undefined ? learned : forEach(graph, batch, learned, [queries, width]);
  return reshape(graph, each, ['queries', width]);
}

/** Rows of which one picture's queries, or all queries and text, belong together. */
const besides = (
  tokens: Value,
  { looking, text }: QFormerInput,
  { hiddenSize: width }: QFormerConfig,
): Rows => ({
  tokens,
  width,
  side: looking === undefined ? 'tokens' : text === undefined ? 'queries' : 'queries_and_tokens',
  ...(looking?.batch !== undefined && { count: looking.queries }),
});

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
  const seen = looks
    ? attend(graph, besides(own, { looking }, config), picture, `${name}.crossattention`, config)
    : own;
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
function attend(graph: GraphBuilder, x: Rows, source: Rows, name: string, config: QFormerConfig): Value {
  const { hiddenSize: out, numAttentionHeads: heads } = config;
  const project = ({ tokens, width, side, count }: Rows, part: string) => {
    const shape = { in: width, out, manyRows: tokens !== x.tokens };
    const projected = linear(graph, tokens, `${name}.attention.${part}`, shape, 'f32');
    return reshape(graph, projected, count === undefined ? [1, side, out] : ['pictures', count, out]);
  };
  const [query, key, value] = [project(x, 'query'), project(source, 'key'), project(source, 'value')];
  const mixed = attention(graph, { query, key, value }, { width: out, heads }, 'f32');
  const flat = reshape(graph, mixed, [x.side, out]);
  const projected = linear(graph, flat, `${name}.output.dense`, { in: out, out }, 'f32');
  return layerNorm(graph, add(graph, projected, x.tokens), `${name}.output.LayerNorm`, norm(config));
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
