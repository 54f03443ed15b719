// The three graphs of a checkpoint that matches pictures and texts. transformers' Blip2ForImageTextRetrieval;
// Li et al. 2023, section 3.2, https://arxiv.org/abs/2301.12597.
import type { RetrievalConfig } from '../checkpoint/retrieval-config.ts';
import type { GraphBuilder, Precision, Value } from './builder.ts';
import { add, linear } from './layers.ts';
import { qformer } from './qformer.ts';
import { visionEncoder } from './vision-encoder.ts';

/** As PyTorch's `normalize`: the least length that something is divided by. */
const LEAST_LENGTH = 1e-12;

/**
 * Inputs: `pixels` (1, 3, side, side). Outputs: `patches` (patches + 1, vision width), the vision encoder's, and
 * `embeddings` (queries, embedding width), each of length 1. All f32.
 */
export function imageTower(graph: GraphBuilder, config: RetrievalConfig, precision: Precision): void {
  const { visionConfig, qformerConfig, numQueryTokens: queries, imageTextHiddenSize } = config;
  const { imageSize: side, hiddenSize: width } = visionConfig;
  const pixels = graph.input('pixels', 'f32', [1, 3, side, side]);
  const tokens = visionEncoder(graph, pixels, visionConfig, precision);
  graph.output('patches', tokens, 'f32', ['patches', width]);
  const read = qformer(
    graph,
    { looking: { queries, picture: { tokens, side: 'patches', width } } },
    qformerConfig,
  );
  const embeddings = embed(graph, read, 'vision_projection', config);
  graph.output('embeddings', embeddings, 'f32', [queries, imageTextHiddenSize]);
}

/** Inputs: `ids` (tokens), i32. Outputs: `embedding` (1, embedding width), f32, of length 1. */
export function textTower(graph: GraphBuilder, config: RetrievalConfig): void {
  const text = embedWords(graph, config);
  const read = qformer(graph, { text }, config.qformerConfig);
  const first = graph.node('Slice', [read, ...[[0], [1], [0]].map((bound) => graph.integers(bound))]);
  const embedding = embed(graph, first, 'text_projection', config);
  graph.output('embedding', embedding, 'f32', [1, config.imageTextHiddenSize]);
}

/**
 * Inputs: `patches` (patches + 1, vision width), f32, and `ids` (tokens), i32. Outputs: `logits` (1, 2), f32: that they
 * don't match and that they do, the mean over the queries.
 */
export function matchingHead(graph: GraphBuilder, config: RetrievalConfig): void {
  const { numQueryTokens: queries, qformerConfig, visionConfig } = config;
  const { hiddenSize: width } = visionConfig;
  const picture = { tokens: graph.input('patches', 'f32', ['patches', width]), side: 'patches', width };
  const text = embedWords(graph, config);
  const read = qformer(graph, { looking: { queries, picture }, text }, qformerConfig);
  const bounds = [[0], [queries], [0]].map((bound) => graph.integers(bound));
  const ofQueries = graph.node('Slice', [read, ...bounds]);
  const logits = linear(graph, ofQueries, 'itm_head', { in: qformerConfig.hiddenSize, out: 2 }, 'f32');
  const mean = graph.node('ReduceMean', [logits, graph.integers([0])], { keepdims: 1 });
  graph.output('logits', mean, 'f32', [1, 2]);
}

/** Input `ids` to (tokens, width): words and their positions, which count from 0. */
function embedWords(graph: GraphBuilder, { qformerConfig }: RetrievalConfig): Value {
  const { hiddenSize: width, vocabSize, maxPositionEmbeddings } = qformerConfig;
  const ids = graph.input('ids', 'i32', ['tokens']);
  const { value: table, type } = graph.storedWeight('embeddings.word_embeddings.weight', [vocabSize, width]);
  const looked = graph.node('Gather', [table, ids], { axis: 0 });
  const words = type === 'f32' ? looked : graph.cast(looked, 'f32');
  const positions = graph.weight('embeddings.position_embeddings.weight', [maxPositionEmbeddings, width]);
  const count = graph.node('Shape', [ids]);
  const used = graph.node('Slice', [positions, graph.integers([0]), count, graph.integers([0])]);
  return add(graph, words, used);
}

/** (rows, width) to (rows, embedding width), each row of length 1. */
function embed(graph: GraphBuilder, x: Value, name: string, config: RetrievalConfig): Value {
  const shape = { in: config.qformerConfig.hiddenSize, out: config.imageTextHiddenSize };
  const projected = linear(graph, x, name, shape, 'f32');
  const length = graph.node('ReduceL2', [projected, graph.integers([1])], { keepdims: 1 });
  return graph.node('Div', [projected, graph.node('Max', [length, graph.scalar(LEAST_LENGTH)])]);
}
