// T5's answer in one run: each token sees what the encoder said, and the answer so far from the start token on.
import type { T5Config } from '../checkpoint/config.ts';
import { answerLoop, type LoopStep } from './answer-loop.ts';
import { headAttention } from './attention.ts';
import type { GraphBuilder, Precision, Value } from './builder.ts';
import { add, reshape } from './layers.ts';
import type { NewTokens, SelfAttention } from './self-attention.ts';
import { lastOf } from './steps.ts';
import { headShape, positionBias } from './t5-layers.ts';
import { type Source, t5Logits } from './t5-step.ts';
import { DECODER, decoderWords } from './t5-weights.ts';
import { rowsOf } from './token-embedding.ts';

/** What the step around the loop has made of the start token. */
export interface T5StartStep {
  readonly graph: GraphBuilder;
  readonly config: T5Config;
  readonly precision: Precision;
  /** Tokens that end a text. */
  readonly ends: readonly number[];
  readonly source: Source;
  /** Of each layer. */
  readonly newest: readonly NewTokens[];
  /** (batch), i64: the answer's first token. */
  readonly first: Value;
}

/**
 * Input beside the loop's own: `answer_buckets` (1, 1, reach), i32, of relative positions, the farthest first and that of
 * a token to itself last; as many as the loop's last token sees of the answer.
 */
export function t5Loop({ graph, config, precision, ends, source, newest, first }: T5StartStep): void {
  const { dModel: width, vocabSize } = config;
  const shape = headShape(config);
  const buckets = graph.input('answer_buckets', 'i32', [1, 1, 'reach']);
  const biases = positionBias(graph, buckets, DECODER, config);
  const begun = { graph, ends, vocabulary: vocabSize, first, layers: newest, shape };
  answerLoop(begun, ({ body, token, written, grown }: LoopStep) => {
    const seen = add(body, written, body.integer(2)); // the start token and the first came before the loop's
    const bias = lastOf(
      body,
      biases,
      3,
      body.node('Neg', [body.node('Reshape', [seen, body.integers([1])])]),
    );
    const attend: SelfAttention = ({ query, ...own }, layer) =>
      headAttention(body, { query, ...grown(own, layer), bias }, shape, precision);
    const rows = rowsOf(body, decoderWords(body), [vocabSize, width], token);
    const step = { graph: body, config, precision, attend, source };
    return t5Logits(step, reshape(body, rows, [1, 1, width]));
  });
}
