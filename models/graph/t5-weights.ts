// Where T5's word tables and head lie. transformers 5 ties what a checkpoint lacks, whatever the config says, and
// keeps what it has; older ones store up to four copies of one table, or any one of them.
import type { GraphBuilder } from './builder.ts';

export const ENCODER = 'language_model.encoder';
export const DECODER = 'language_model.decoder';
const SHARED = 'language_model.shared.weight';
const HEAD = 'language_model.lm_head.weight';
const ENCODER_WORDS = `${ENCODER}.embed_tokens.weight`;
const DECODER_WORDS = `${DECODER}.embed_tokens.weight`;

/** (vocabulary, width): rows that stand for the prompt's tokens. The reference looks them up in the shared table. */
export const encoderWords = (graph: GraphBuilder) =>
  stored(graph, SHARED, ENCODER_WORDS, DECODER_WORDS, HEAD);

/** (vocabulary, width): rows that stand for the answer's tokens. */
export const decoderWords = (graph: GraphBuilder) =>
  stored(graph, DECODER_WORDS, SHARED, ENCODER_WORDS, HEAD);

/** (vocabulary, width) */
export const headTable = (graph: GraphBuilder) => stored(graph, HEAD, SHARED, DECODER_WORDS, ENCODER_WORDS);

/** The first that the checkpoint has; of none, the shared table is the one to ask for. */
const stored = (graph: GraphBuilder, ...names: readonly string[]): string =>
  names.find((name) => graph.hasWeight(name)) ?? SHARED;
