// OPT's answer in one run: each token sees the prompt, which stays where it lies, and the answer so far.
import type { OptConfig } from '../checkpoint/config.ts';
import { answerLoop, type LoopStep } from './answer-loop.ts';
import { type KeysAndValues, partedAttention } from './attention.ts';
import type { GraphBuilder, Precision, Value } from './builder.ts';
import { cacheNames } from './cache-names.ts';
import { add, reshape } from './layers.ts';
import { optLogits } from './opt-step.ts';
import { wordTable } from './opt-weights.ts';
import type { NewTokens, SelfAttention } from './self-attention.ts';
import { cacheLengths, firstOf, lastOf } from './steps.ts';
import { rowsOf } from './token-embedding.ts';

/** What the step around the loop has made of the prompt. */
export interface OptPromptStep {
  readonly graph: GraphBuilder;
  readonly config: OptConfig;
  readonly precision: Precision;
  /** Tokens that end a text. */
  readonly ends: readonly number[];
  /** (batch, new, word width) */
  readonly rows: Value;
  /** (batch, 1, new, capacity + new) */
  readonly bias: Value;
  /** (batch, new), i32 */
  readonly positions: Value;
  /** Of each layer. */
  readonly newest: readonly NewTokens[];
  /** (batch), i64: the answer's first token. */
  readonly first: Value;
}

export function optLoop({ graph, config, precision, ends, newest, first, ...prompt }: OptPromptStep): void {
  const { wordEmbedProjDim: wordWidth, hiddenSize: width, numAttentionHeads: heads, vocabSize } = config;
  const shape = { width, heads };
  const bias = lastOf(graph, prompt.bias, 2);
  const position = firstOf(graph, lastOf(graph, prompt.positions, 1));
  const prompted = cacheLengths(graph, prompt.rows);
  const layers = newest.map(() => nothingYet(graph, heads, width / heads));
  const begun = { graph, ends, vocabulary: vocabSize, first, layers, shape };
  answerLoop(begun, ({ body, token, written, grown }: LoopStep) => {
    const attend: SelfAttention = ({ query, ...own }, layer) => {
      const answer = grown(own, layer);
      const { pastKeys: key, pastValues: value } = cacheNames(layer);
      const parts = [{ key, value }, newest[layer] as NewTokens] as const;
      const length = body.node('Shape', [answer.key], { start: 2, end: 3 });
      const lengths = body.node('Concat', [prompted, length], { axis: 0 });
      return partedAttention(body, { query, parts, bias, seen: answer, lengths }, shape, precision);
    };
    const rows = rowsOf(body, wordTable(body, config), [vocabSize, wordWidth], token);
    const following = add(body, position, body.cast(add(body, written, body.integer(1)), 'i32'));
    const step = { graph: body, config, precision, attend };
    return optLogits(step, reshape(body, rows, [1, 1, wordWidth]), following);
  });
}

/** Keys and values (1, heads, 0, head width) of an answer without tokens. */
function nothingYet(graph: GraphBuilder, heads: number, headWidth: number): KeysAndValues {
  const nothing = graph.node('Expand', [graph.scalar(0), graph.integers([1, heads, 0, headWidth])]);
  return { key: nothing, value: nothing };
}
