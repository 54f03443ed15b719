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

/** (batch, heads, positions, head width) each. */
export interface KeysAndValues {
  readonly key: Value;
  readonly value: Value;
}

export interface PartedInputs {
  /** (batch, tokens, width) */
  readonly query: Value;
  /** The past, and behind it the tokens themselves. */
  readonly parts: readonly [past: KeysAndValues, own: KeysAndValues];
  /** (batch, 1 or heads, tokens, positions of both parts), added to the scores. */
  readonly bias: Value;
  /** Behind those, all of which is seen. */
  readonly seen?: KeysAndValues;
  /** Positions of each part, in order. */
  readonly lengths: Value;
}

/** Attention to several parts, one behind the other, none of which is ever copied. */
export function partedAttention(
  graph: GraphBuilder,
  { parts, seen, bias, lengths, ...inputs }: PartedInputs,
  shape: HeadShape,
  precision: Precision,
): Value {
  const query = scaledQuery(graph, inputs.query, shape);
  const scoresOf = ({ key }: KeysAndValues) => attentionScores(graph, query, key, precision);
  const masked = add(graph, graph.node('Concat', parts.map(scoresOf), { axis: -1 }), bias);
  const scores = seen === undefined ? masked : graph.node('Concat', [masked, scoresOf(seen)], { axis: -1 });
  const shares = graph.node('Softmax', [scores], { axis: -1 });
  const all = seen === undefined ? parts : [...parts, seen];
  const split = graph.split('Split', [shares, lengths], all.length, { axis: -1 });
  const mixed = all.map(({ value }, at) => matMul(graph, split[at] as Value, value, precision));
  const sum = mixed.reduce((one, other) => add(graph, one, other));
  return joinHeads(graph, sum, shape.width);
}

export interface SlottedInputs {
  /** (batch, tokens, width) */
  readonly query: Value;
  /** (batch, heads, capacity, head width), the tokens' own already in their slots; in the type of the products. */
  readonly keys: Value;
  readonly values: Value;
  /** (batch, 1, tokens, capacity), added to the scores. */
  readonly bias: Value;
}

/** Attention to slots, of which `bias` masks those that hold nothing: keys and values are read where they lie. */
export function slottedAttention(
  graph: GraphBuilder,
  { query, keys, values, bias }: SlottedInputs,
  shape: HeadShape,
  precision: Precision,
): Value {
  const swapped = { perm: [0, 1, 3, 2] };
  const columns = graph.node('Transpose', [scaledQuery(graph, query, shape)], swapped);
  // Keys times query, so that what is transposed is small: keys would be copied at each step.
  const products = graph.node('MatMul', [keys, convert(graph, columns, precision)]);
  const scores = graph.node('Transpose', [restore(graph, products, precision)], swapped);
  const shares = graph.node('Softmax', [add(graph, scores, bias)], { axis: -1 });
  const mixed = graph.node('MatMul', [convert(graph, shares, precision), values]);
  return joinHeads(graph, restore(graph, mixed, precision), shape.width);
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
  const columns = graph.node('Transpose', [convert(graph, key, precision)], { perm: [0, 1, 3, 2] });
  return restore(graph, graph.node('MatMul', [convert(graph, query, precision), columns]), precision);
}

function matMul(graph: GraphBuilder, x: Value, y: Value, precision: Precision): Value {
  const factors = [convert(graph, x, precision), convert(graph, y, precision)];
  return restore(graph, graph.node('MatMul', factors), precision);
}
