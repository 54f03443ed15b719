// Token ids to rows. Always on the CPU: it is a look-up, and bf16 tables can be read there.
import type { GraphBuilder } from './builder.ts';

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
  const { value, type } = graph.storedWeight(table, sides);
  const rows = graph.node('Gather', [value, ids], { axis: 0 });
  // Cast after the look-up: only the rows, not the table, grow to f32.
  graph.output('rows', type === 'f32' ? rows : graph.cast(rows, 'f32'), 'f32', ['tokens', sides[1]]);
}
