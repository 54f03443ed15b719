// Between f32, in which everything else is computed, and the type that products run in.
import type { GraphBuilder, Precision, Value } from './builder.ts';

/** To the type that products run in. */
export const convert = (graph: GraphBuilder, x: Value, precision: Precision) =>
  precision === 'f32' ? x : graph.cast(x, precision);

/** Back to f32. */
export const restore = (graph: GraphBuilder, x: Value, precision: Precision) =>
  precision === 'f32' ? x : graph.cast(x, 'f32');
