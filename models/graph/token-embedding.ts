// Token ids to rows. Always on the CPU: it is a look-up, and bf16 tables can be read there.
import type { TextConfig } from '../checkpoint/config.ts';
import type { GraphBuilder } from './builder.ts';
import { wordTable } from './opt-weights.ts';

/** Inputs: `ids` (tokens), i32. Outputs: `rows` (tokens, width), f32. */
export function tokenEmbedding(graph: GraphBuilder, config: TextConfig): void {
  const { vocabSize, wordEmbedProjDim: width } = config;
  const ids = graph.input('ids', 'i32', ['tokens']);
  const { value: table, type } = graph.storedWeight(wordTable(graph, config), [vocabSize, width]);
  const rows = graph.node('Gather', [table, ids], { axis: 0 });
  // Cast after the look-up: only the rows, not the table, grow to f32.
  graph.output('rows', type === 'f32' ? rows : graph.cast(rows, 'f32'), 'f32', ['tokens', width]);
}
