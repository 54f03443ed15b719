// Products with weights that are stored in 4 or 8 bits.
import type { BlockMatrix, ColumnMatrix } from '../checkpoint/quantised-matrix.ts';
import type { GraphBuilder, Precision, Value } from './builder.ts';
import { convert, restore } from './conversions.ts';

/** Activations are quantised as well, each block of a row by itself: onnxruntime's quick way on CPUs. */
const INT8_ACTIVATIONS = 4;

/** x · weightᵀ, (tokens, in) to (tokens, out), f32. Needs prepacking: without it, it is 100 times as slow. */
export function blockProduct(
  graph: GraphBuilder,
  x: Value,
  { name, values, scales, zeroPoints, bits, blockSize }: BlockMatrix,
  shape: { readonly in: number; readonly out: number },
  precision: Precision,
): Value {
  const scale = convert(graph, graph.stored(`${name}.scales`, scales), precision);
  const inputs = [convert(graph, x, precision), graph.stored(`${name}.values`, values), scale];
  if (zeroPoints !== undefined) inputs.push(graph.stored(`${name}.zero_points`, zeroPoints));
  const attributes = { K: shape.in, N: shape.out, bits, block_size: blockSize };
  return restore(
    graph,
    graph.node('MatMulNBits', inputs, { ...attributes, accuracy_level: INT8_ACTIVATIONS }),
    precision,
  );
}

/** Such that nothing is divided by 0. */
const LEAST_SCALE = 1e-20;

/**
 * x · weightᵀ, (tokens, in) to (tokens, out), f32: each row of x is quantised by its largest number, and whole numbers
 * are multiplied. Twice as quick as blocks where there are many rows, and as good where no part of a row is much larger
 * than the rest. Dettmers et al. 2022, section 2.1, https://arxiv.org/abs/2208.07339.
 */
export function columnProduct(
  graph: GraphBuilder,
  x: Value,
  { name, values, scales }: ColumnMatrix,
  precision: Precision,
): Value {
  const codes = graph.stored(`${name}.values`, values); // (in, out)
  const columns = graph.stored(`${name}.scales`, scales); // (out)
  if (graph.integerProducts === 'none') {
    const numbers = graph.node('Mul', [graph.cast(codes, 'f32'), columns]); // folded while loading
    const factors = [x, numbers].map((factor) => convert(graph, factor, precision));
    return restore(graph, graph.node('MatMul', factors), precision);
  }
  const levels = graph.integerProducts === 'exact' ? 127 : 63;
  const point = graph.byte(levels + 1);
  const largest = graph.node('ReduceMax', [graph.node('Abs', [x]), graph.integers([-1])], { keepdims: 1 });
  const perLevel = graph.node('Mul', [largest, graph.scalar(1 / levels)]);
  const rows = graph.node('Max', [perLevel, graph.scalar(LEAST_SCALE)]); // (tokens, 1)
  const one = graph.scalar(1);
  const whole = graph.node('QuantizeLinear', [graph.node('Div', [x, rows]), one, point]);
  const product = graph.node('MatMulIntegerToFloat', [whole, codes, one, columns, point]);
  return graph.node('Mul', [product, rows]);
}
