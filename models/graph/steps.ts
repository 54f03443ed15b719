// What the graphs of all decoders do with the sides of their inputs.
import type { GraphBuilder, Value } from './builder.ts';
import { cacheNames } from './cache-names.ts';
import { reshape } from './layers.ts';

/** What the graphs call batch × tokens. */
export const FLAT = 'flat';

/** To what a flat (batch × tokens, width) is folded for attention: batch, tokens, width. */
export interface Folded {
  readonly shape: Value;
  readonly sides: readonly [batch: string, tokens: string, width: number];
}

/** @param rows (batch, tokens, any width) @param tokens what the graph calls their number */
export function foldedShape(graph: GraphBuilder, rows: Value, width: number, tokens = 'new'): Folded {
  const sides = graph.node('Shape', [rows], { start: 0, end: 2 });
  const shape = graph.node('Concat', [sides, graph.integers([width])], { axis: 0 });
  return { shape, sides: ['batch', tokens, width] };
}

/** (batch × tokens, width) to (batch, tokens, width) */
export const fold = (graph: GraphBuilder, x: Value, { shape, sides }: Folded): Value =>
  graph.declare(graph.node('Reshape', [x, shape]), sides);

/** capacity, new. All layers' caches are of one capacity, so the first tells it. */
export function cacheLengths(graph: GraphBuilder, rows: Value): Value {
  const capacity = graph.node('Shape', [cacheNames(0).pastKeys], { start: 2, end: 3 });
  const fresh = graph.node('Shape', [rows], { start: 1, end: 2 });
  return graph.node('Concat', [capacity, fresh], { axis: 0 });
}

/** The last along an axis, which stays. @param start (1), i64, counted from the end: by default only the very last */
export function lastOf(graph: GraphBuilder, x: Value, axis: number, start = graph.integers([-1])): Value {
  const bounds = [start, graph.integers([Number.MAX_SAFE_INTEGER]), graph.integers([axis])];
  return graph.node('Slice', [x, ...bounds]);
}

/** What there is of the first text alone. */
export const firstOf = (graph: GraphBuilder, x: Value): Value =>
  graph.node('Slice', [x, ...[[0], [1], [0]].map((bound) => graph.integers(bound))]);

/** (batch × new, width) to (batch, width) */
export const lastPosition = (graph: GraphBuilder, hidden: Value, folded: Folded): Value =>
  reshape(graph, lastOf(graph, fold(graph, hidden, folded), 1), ['batch', folded.sides[2]]);
