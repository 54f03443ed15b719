// Multi-head attention in plain operators: onnxruntime's MultiHeadAttention gave wrong sums on WebGPU from
// 64 tokens on (1.30, SwiftShader). Vaswani et al. 2017, section 3.2, https://arxiv.org/abs/1706.03762.
import type { GraphBuilder, Precision, Value } from './builder.ts';
import { convert, restore } from './conversions.ts';
import { add } from './layers.ts';

export interface HeadShape {
  /** Of all heads together. */
  readonly width: number;
  readonly heads: number;
  /** What scores are multiplied by; default 1 / √head width. */
  readonly scale?: number;
}

export interface AttentionInputs {
  /** (batch, tokens, width) */
  readonly query: Value;
  /** (batch, source tokens, width) */
  readonly key: Value;
  readonly value: Value;
  /** (1 or batch, 1 or heads, 1 or tokens, source tokens), added to the scores. */
  readonly bias?: Value;
}

/** Softmax(query · keyᵀ / √head width) · value for each head: (batch, tokens, width). */
export function attention(
  graph: GraphBuilder,
  inputs: AttentionInputs,
  shape: HeadShape,
  precision: Precision,
): Value {
  const key = splitHeads(graph, inputs.key, shape);
  const value = splitHeads(graph, inputs.value, shape);
  return headAttention(graph, { ...inputs, key, value }, shape, precision);
}

export interface HeadInputs extends AttentionInputs {
  /** (batch, heads, source tokens, head width) */
  readonly key: Value;
  readonly value: Value;
}

/** Attention to keys and values that are split into heads already. */
export function headAttention(
  graph: GraphBuilder,
  { query, key, value, bias }: HeadInputs,
  shape: HeadShape,
  precision: Precision,
): Value {
  const plain = attentionScores(graph, scaledQuery(graph, query, shape), key, precision);
  const scores = bias === undefined ? plain : add(graph, plain, bias);
  const shares = graph.node('Softmax', [scores], { axis: -1 });
  return joinHeads(graph, matMul(graph, shares, value, precision), shape.width);
}

export interface CachedInputs extends AttentionInputs {
  /** (batch, heads, capacity, head width), and of the tokens themselves (batch, heads, tokens, head width). */
  readonly key: Value;
  readonly value: Value;
  readonly pastKey: Value;
  readonly pastValue: Value;
  /** (batch, 1 or heads, tokens, capacity + tokens), added to the scores. */
  readonly bias: Value;
  /** capacity, tokens */
  readonly lengths: Value;
}

/** Attention to the past and to the tokens themselves, in two parts so that the past is never copied. */
export function cachedAttention(
  graph: GraphBuilder,
  inputs: CachedInputs,
  shape: HeadShape,
  precision: Precision,
): Value {
  const { key, value, pastKey, pastValue, bias, lengths } = inputs;
  const query = scaledQuery(graph, inputs.query, shape);
  const parts = [pastKey, key].map((keys) => attentionScores(graph, query, keys, precision));
  const scores = add(graph, graph.node('Concat', parts, { axis: -1 }), bias);
  const shares = graph.node('Softmax', [scores], { axis: -1 });
  const [pastShares, ownShares] = graph.split('Split', [shares, lengths], 2, { axis: -1 }) as [Value, Value];
  const past = matMul(graph, pastShares, pastValue, precision);
  const own = matMul(graph, ownShares, value, precision);
  return joinHeads(graph, add(graph, past, own), shape.width);
}

/** (batch, tokens, width) to (batch, heads, tokens, head width) */
export function splitHeads(graph: GraphBuilder, x: Value, { width, heads }: HeadShape): Value {
  const split = graph.node('Reshape', [x, graph.integers([0, 0, heads, width / heads])]);
  return graph.node('Transpose', [split], { perm: [0, 2, 1, 3] });
}

function joinHeads(graph: GraphBuilder, x: Value, width: number): Value {
  const tokensFirst = graph.node('Transpose', [x], { perm: [0, 2, 1, 3] });
  return graph.node('Reshape', [tokensFirst, graph.integers([0, 0, width])]);
}

/** Scaled before the product, as OPT does, so that f16 scores stay small. */
function scaledQuery(graph: GraphBuilder, query: Value, shape: HeadShape): Value {
  const { width, heads, scale = (width / heads) ** -0.5 } = shape;
  const scaled = scale === 1 ? query : graph.node('Mul', [query, graph.scalar(scale)]);
  return splitHeads(graph, scaled, shape);
}

/** (batch, heads, tokens, source tokens) */
function attentionScores(graph: GraphBuilder, query: Value, key: Value, precision: Precision): Value {
  // onnxruntime folds this transposition into the product.
  return matMul(graph, query, graph.node('Transpose', [key], { perm: [0, 1, 3, 2] }), precision);
}

function matMul(graph: GraphBuilder, x: Value, y: Value, precision: Precision): Value {
  const factors = [convert(graph, x, precision), convert(graph, y, precision)];
  return restore(graph, graph.node('MatMul', factors), precision);
}
