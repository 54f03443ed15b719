// The layers that all three parts of BLIP-2 are made of, named as PyTorch names them.
// Hidden states are two-dimensional, (tokens, width), in f32: norms, softmax and sums stay in f32, and only the
// products run in the graph's own precision.
import type { Activation } from '../checkpoint/picture-config.ts';
import type { QuantisedMatrix } from '../checkpoint/quantised-matrix.ts';
import { Float, type GraphBuilder, type Precision, type Side, type Value } from './builder.ts';
import { convert, restore } from './conversions.ts';
import { blockProduct, columnProduct } from './quantised-products.ts';

export interface LinearShape {
  readonly in: number;
  readonly out: number;
  readonly bias?: boolean;
  /** True: hundreds of rows come at once, always. */
  readonly manyRows?: boolean;
}

/** (tokens, in) to (tokens, out): one Gemm that reads PyTorch's (out, in) layout in place, unless that is quantised. */
export function linear(
  graph: GraphBuilder,
  x: Value,
  name: string,
  shape: LinearShape,
  precision: Precision,
): Value {
  const quantised = graph.quantisedWeight(`${name}.weight`, [shape.out, shape.in]);
  if (quantised !== undefined) return quantisedLinear(graph, x, name, quantised, shape, precision);
  const weight = graph.weight(`${name}.weight`, [shape.out, shape.in], precision);
  const bias = (sides: readonly number[]) =>
    shape.bias === false ? [] : [graph.weight(`${name}.bias`, [shape.out], precision, sides)];
  if (graph.isForCpu && precision === 'f32' && !shape.manyRows)
    return turnedProduct(graph, x, weight, bias([shape.out, 1]));
  const inputs = [convert(graph, x, precision), weight, ...bias([shape.out])];
  const product = graph.node('Gemm', inputs, { transB: 1 });
  return restore(graph, product, precision);
}

/**
 * (weight · xᵀ)ᵀ: onnxruntime arranges a product's second factor anew each time, and so that isn't to be the weights.
 * From 2 to 16 rows that takes two thirds of the time, to 64 rows less, and beyond and for 1 row it makes no difference.
 * It would swap the factors back while it opens the graph, but for what sessions.ts says.
 */
function turnedProduct(graph: GraphBuilder, x: Value, weight: Value, columnBias: readonly Value[]): Value {
  return transpose(graph, graph.node('Gemm', [weight, transpose(graph, x), ...columnBias]));
}

const transpose = (graph: GraphBuilder, x: Value) => graph.node('Transpose', [x], { perm: [1, 0] });

function quantisedLinear(
  graph: GraphBuilder,
  x: Value,
  name: string,
  matrix: QuantisedMatrix,
  shape: LinearShape,
  precision: Precision,
): Value {
  const product =
    matrix.scheme === 'blocks'
      ? blockProduct(graph, x, matrix, shape, precision)
      : columnProduct(graph, x, matrix, precision);
  return shape.bias === false ? product : add(graph, product, graph.weight(`${name}.bias`, [shape.out]));
}

export interface NormShape {
  readonly width: number;
  readonly epsilon: number;
  /** False: there are no learned scale and bias. */
  readonly affine?: boolean;
}

export function layerNorm(graph: GraphBuilder, x: Value, name: string, shape: NormShape): Value {
  const { width, epsilon, affine = true } = shape;
  const scale = affine ? graph.weight(`${name}.weight`, [width]) : graph.filled(1, width);
  const bias = affine ? [graph.weight(`${name}.bias`, [width])] : [];
  return graph.node('LayerNormalization', [x, scale, ...bias], { axis: -1, epsilon: new Float(epsilon) });
}

/** Root mean square layer norm: no mean is taken off. Zhang and Sennrich 2019, https://arxiv.org/abs/1910.07467. */
export function rmsNorm(graph: GraphBuilder, x: Value, name: string, { width, epsilon }: NormShape): Value {
  const scale = graph.weight(`${name}.weight`, [width]);
  return graph.node('SimplifiedLayerNormalization', [x, scale], { axis: -1, epsilon: new Float(epsilon) });
}

export function activate(graph: GraphBuilder, x: Value, activation: Activation): Value {
  switch (activation) {
    case 'gelu':
    case 'gelu_python':
      return graph.node('Gelu', [x], { approximate: 'none' });
    case 'gelu_new':
    case 'gelu_fast':
    case 'gelu_pytorch_tanh':
      return graph.node('Gelu', [x], { approximate: 'tanh' });
    case 'quick_gelu':
      return gated(graph, x, graph.node('Mul', [x, graph.scalar(1.702)]));
    case 'silu':
    case 'swish':
      return gated(graph, x, x);
    case 'relu':
      return graph.node('Relu', [x]);
    case 'tanh':
      return graph.node('Tanh', [x]);
  }
}

export interface FeedForward {
  readonly names: readonly [string, string];
  readonly width: number;
  readonly inner: number;
  readonly activation: Activation;
  readonly bias?: boolean;
  readonly manyRows?: boolean;
}

/** Two linear layers with an activation between them. */
export function feedForward(graph: GraphBuilder, x: Value, shape: FeedForward, precision: Precision): Value {
  const { names, width, inner, activation, ...rest } = shape;
  const wide = activate(
    graph,
    linear(graph, x, names[0], { in: width, out: inner, ...rest }, precision),
    activation,
  );
  return linear(graph, wide, names[1], { in: inner, out: width, ...rest }, precision);
}

export const add = (graph: GraphBuilder, x: Value, y: Value): Value => graph.node('Add', [x, y]);

/** One side may be given by name, and is worked out from the others: what has the same name has the same size. */
export function reshape(graph: GraphBuilder, x: Value, sides: readonly Side[]): Value {
  const shape = graph.integers(sides.map((side) => (typeof side === 'number' ? side : -1)));
  return graph.declare(graph.node('Reshape', [x, shape]), sides);
}

/** (1, ...sides) to (batch, ...sides): the same for each of what `batched` holds. */
export function forEach(graph: GraphBuilder, batched: Value, x: Value, sides: readonly number[]): Value {
  const batch = graph.node('Shape', [batched], { start: 0, end: 1 });
  const shape = graph.node('Concat', [batch, graph.integers(sides)], { axis: 0 });
  return graph.node('Expand', [x, shape]);
}

const gated = (graph: GraphBuilder, x: Value, gate: Value) =>
  graph.node('Mul', [x, graph.node('Sigmoid', [gate])]);
