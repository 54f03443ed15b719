// Token ids to rows. As a graph of its own always on the CPU: it is a look-up, and bf16 tables can be read there.
import type { GraphBuilder, Value } from './builder.ts';

/**
 * Inputs: `ids` (tokens), i32. Outputs: `rows` (tokens, width), f32.
 *
 * @param table the name of the tensor (vocabulary, width)
 */
export function tokenEmbedding(
  graph: GraphBuilder,
  table: string,
  sides: readonly [vocabulary: number, width: number],
): void {
  const ids = graph.input('ids', 'i32', ['tokens']);
  graph.output('rows', rowsOf(graph, table, sides, ids), 'f32', ['tokens', sides[1]]);
}

/** (tokens) to (tokens, width), f32. @param ids integers of any size */
export function rowsOf(
  graph: GraphBuilder,
  table: string,
  sides: readonly [vocabulary: number, width: number],
  ids: Value,
): Value {
  const { value, type } = graph.storedWeight(table, sides);
  const rows = graph.node('Gather', [value, ids], { axis: 0 });
  return type === 'f32' ? rows : graph.cast(rows, 'f32'); // after the look-up: only the rows, not the table, grow
}
