// T5 as texts go on in it: the encoder reads the picture's rows and the prompt once, then the decoder writes one token
// at a time.
import type { ImageFeatures } from '../backend.ts';
import type { Checkpoint } from '../checkpoint/checkpoint.ts';
import type { T5Config } from '../checkpoint/config.ts';
import { CheckpointError } from '../errors.ts';
import { GraphBuilder } from '../graph/builder.ts';
import { t5Decoder } from '../graph/t5-decoder.ts';
import { t5Encoder } from '../graph/t5-encoder.ts';
import { decoderWords, encoderWords } from '../graph/t5-weights.ts';
import { tokenEmbedding } from '../graph/token-embedding.ts';
import type { OpenSession } from '../sessions.ts';
import { WholeAnswers } from './answer-at-once.ts';
import { Batch, type LanguageModel } from './batch.ts';
import type { Decoder, DecoderForm, DecoderPlan, Decoding, GreedyDecoding, WholeText } from './decoder.ts';
import type { Choice, NextToken, Wanted } from './next-token.ts';
import type { T5Texts } from './t5-texts.ts';
import { T5TextsInside } from './t5-texts-inside.ts';
import { T5TextsOutside } from './t5-texts-outside.ts';
import type { TextCache } from './text-cache.ts';
import { joined, WordEmbedding } from './word-embedding.ts';

/**
 * That the encoder reads. T5 knows only how far apart two tokens are, so that nothing in it bounds them; but each looks
 * at all, and in flan-t5-xl's size so many take 1 GiB for that. It was trained on 512.
 */
export const MAX_SOURCE_TOKENS = 2048;

interface Words {
  /** Of the prompt. */
  readonly read: WordEmbedding;
  /** Of the answer: nearly always the same table, and then the same session. */
  readonly written: WordEmbedding;
}

export function planT5Decoder(
  { folder, generation, weights }: Checkpoint,
  config: T5Config,
  root: string,
  { precision, integers, kept = 'outside', atOnce = false }: DecoderForm,
): DecoderPlan {
  const { decoderStartTokenId: start } = generation;
  if (start === undefined) {
    throw new CheckpointError(
      `${folder}: neither config.json's text_config nor generation_config.json names a decoder_start_token_id. Add the one of the language model; T5's is 0.`,
    );
  }
  if (start >= config.vocabSize) {
    throw new CheckpointError(
      `${folder}: decoder_start_token_id ${start} is beyond vocab_size ${config.vocabSize}. Name the one of the language model; T5's is 0.`,
    );
  }
  const encoder = new GraphBuilder('t5-encoder', weights, root, integers);
  const inside = kept === 'inside';
  t5Encoder(encoder, config, precision, { inside });
  const decoder = new GraphBuilder('t5-decoder', weights, root, integers);
  const hasLoop = !inside && atOnce;
  t5Decoder(decoder, config, precision, { inside, atOnce: hasLoop, ends: generation.eosTokenIds });
  const words = planWords(new GraphBuilder('token-embedding', weights, root), config, encoderWords);
  const writtenWords = planWords(new GraphBuilder('answer-embedding', weights, root), config, decoderWords);
  return {
    async open(openSession) {
      const read = await words.open(openSession);
      const written = words.table === writtenWords.table ? read : await writtenWords.open(openSession);
      const sessions = {
        encoder: await openSession(encoder.build(), inside ? 'kept' : 'device'),
        decoder: await openSession(decoder.build()),
      };
      const texts = inside
        ? await T5TextsInside.open(sessions, config, precision, openSession)
        : new T5TextsOutside(sessions, config, hasLoop);
      return new T5Decoder(start, { read, written }, texts);
    },
  };
}

function planWords(graph: GraphBuilder, config: T5Config, tableOf: (graph: GraphBuilder) => string) {
  const { vocabSize, dModel } = config;
  const table = tableOf(graph);
  tokenEmbedding(graph, table, [vocabSize, dModel]);
  return {
    table,
    open: async (openSession: OpenSession) =>
      new WordEmbedding(await openSession(graph.build(), 'cpu'), vocabSize, dModel),
  };
}

interface T5Prompt {
  readonly features: ImageFeatures;
  readonly ids: readonly number[];
  /** As OptPrompt's. */
  readonly ahead: number;
}

class T5Decoder implements Decoder, LanguageModel<T5Prompt> {
  readonly caches: readonly [written: TextCache, source: TextCache];
  readonly writeAtOnce?: NonNullable<Decoder['writeAtOnce']>;
  private readonly start: number;
  private readonly words: Words;
  private readonly texts: T5Texts;
  private readonly batch: Batch<T5Prompt>;
  private readonly whole: WholeAnswers;

  /** @param start what every answer begins with */
  constructor(start: number, words: Words, texts: T5Texts) {
    this.caches = texts.caches;
    this.start = start;
    this.words = words;
    this.texts = texts;
    this.batch = new Batch(this);
    this.whole = new WholeAnswers(this.batch, (text) => this.writeWhole(text));
    if (texts.writeAtOnce) this.writeAtOnce = (text) => this.whole.write(text);
  }

  begin(signal?: AbortSignal, limit?: number): Decoding {
    return this.batch.begin(signal, limit);
  }

  beginGreedy(signal?: AbortSignal, limit?: number): GreedyDecoding {
    return this.batch.beginGreedy(signal, limit);
  }

  /** The decoder never reads the prompt, so what its texts begin with is all there is to repeat. */
  context(): readonly number[] {
    return [this.start];
  }

  async close(): Promise<void> {
    await this.batch.idle();
    await this.whole.idle();
    const { read, written } = this.words;
    await read.close();
    if (written !== read) await written.close();
    await this.texts.close();
  }

  prompt(features: ImageFeatures, ids: readonly number[], ahead: number): T5Prompt {
    return { features, ids, ahead };
  }

  positionsOf({ features, ids }: T5Prompt): number {
    return features.queryTokens + ids.length;
  }

  async read(prompts: readonly T5Prompt[], wanted: readonly Wanted[]): Promise<readonly NextToken[]> {
    const words = await this.words.read.each(prompts.map(({ ids }) => ids));
    const rows = prompts.map(({ features }, at) => joined(features.data, words[at] ?? new Float32Array()));
    const [written, source] = this.caches;
    written.makeRoomFor(prompts.length, 1 + Math.max(...prompts.map(({ ahead }) => ahead)));
    source.makeRoomFor(prompts.length, Math.max(...prompts.map((prompt) => this.positionsOf(prompt))));
    const starts = await this.words.written.each(prompts.map(() => [this.start]));
    return this.texts.begin(rows, starts, wanted);
  }

  async write(
    ids: readonly (number | undefined)[],
    wanted: readonly Wanted[],
  ): Promise<readonly NextToken[]> {
    const rows = await this.words.written.each(ids.map((id) => (id === undefined ? [] : [id])));
    return this.texts.goOn(rows, wanted);
  }

  /** Nothing is kept: the encoder looks both ways, so that another prompt changes what it says of the picture, too. */
  leave(): void {}

  private async writeWhole({ features, ids, limit, least }: WholeText): Promise<readonly Choice[]> {
    const prompt = joined(features.data, await this.words.read.rows(ids));
    const start = await this.words.written.rows([this.start]);
    return (await this.texts.writeAtOnce?.({ prompt, start, limit, least })) ?? [];
  }
}
