// Where OPT's word table and head lie: tied checkpoints store only one of them.
import type { OptConfig } from '../checkpoint/config.ts';
import type { GraphBuilder } from './builder.ts';

export const DECODER = 'language_model.model.decoder';
const WORDS = `${DECODER}.embed_tokens.weight`;
const HEAD = 'language_model.lm_head.weight';

/** (vocabulary, word width): rows that stand for token ids in the input. */
export function wordTable(graph: GraphBuilder, { tieWordEmbeddings: tied }: OptConfig): string {
  return tied && !graph.hasWeight(WORDS) && graph.hasWeight(HEAD) ? HEAD : WORDS;
}

/** (vocabulary, word width): as in transformers 5, a stored head counts even where the config says "tied". */
export function headTable(graph: GraphBuilder, { tieWordEmbeddings: tied }: OptConfig): string {
  return tied && !graph.hasWeight(HEAD) ? WORDS : HEAD;
}
