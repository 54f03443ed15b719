// What the graphs of all decoders do with the sides of their inputs.
import type { GraphBuilder, Value } from './builder.ts';
import { cacheNames } from './cache-names.ts';
import { reshape } from './layers.ts';

/** batch, tokens, width: to which a flat (batch × tokens, width) is folded for attention. */
export function foldedShape(graph: GraphBuilder, rows: Value, width: number): Value {
  const sides = graph.node('Shape', [rows], { start: 0, end: 2 });
  return graph.node('Concat', [sides, graph.integers([width])], { axis: 0 });
}

/** capacity, new. All layers' caches are of one capacity, so the first tells it. */
export function cacheLengths(graph: GraphBuilder, rows: Value): Value {
  const capacity = graph.node('Shape', [cacheNames(0).pastKeys], { start: 2, end: 3 });
  const fresh = graph.node('Shape', [rows], { start: 1, end: 2 });
  return graph.node('Concat', [capacity, fresh], { axis: 0 });
}

/** (batch × new, width) to (batch, width) */
export function lastPosition(graph: GraphBuilder, hidden: Value, folded: Value, width: number): Value {
  const bounds = [[-1], [Number.MAX_SAFE_INTEGER], [1]].map((bound) => graph.integers(bound));
  const last = graph.node('Slice', [graph.node('Reshape', [hidden, folded]), ...bounds]);
  return reshape(graph, last, [-1, width]);
}
