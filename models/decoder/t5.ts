// T5 as texts go on in it: the encoder reads the picture's rows and the prompt once, then the decoder writes one token
// at a time.
import { type InferenceSession, Tensor } from 'onnxruntime-node';
import type { ImageFeatures } from '../backend.ts';
import type { Checkpoint } from '../checkpoint/checkpoint.ts';
import type { T5Config } from '../checkpoint/config.ts';
import { CheckpointError } from '../errors.ts';
import { GraphBuilder } from '../graph/builder.ts';
import { crossNames } from '../graph/cache-names.ts';
import { t5Decoder } from '../graph/t5-decoder.ts';
import { t5Encoder } from '../graph/t5-encoder.ts';
import { decoderWords, encoderWords } from '../graph/t5-weights.ts';
import { tokenEmbedding } from '../graph/token-embedding.ts';
import type { OpenSession } from '../sessions.ts';
import { Batch, type LanguageModel } from './batch.ts';
import type { Decoder, DecoderForm, DecoderPlan, Decoding } from './decoder.ts';
import { KvCache } from './kv-cache.ts';
import type { NextToken } from './next-token.ts';
import { bucketsOf } from './relative-position.ts';
import { filledUp, MASKED, type RunShape, runTexts } from './texts-run.ts';
import { joined, WordEmbedding } from './word-embedding.ts';

/**
 * That the encoder reads. T5 knows only how far apart two tokens are, so that nothing in it bounds them; but each looks
 * at all, and in flan-t5-xl's size so many take 1 GiB for that. It was trained on 512.
 */
export const MAX_SOURCE_TOKENS = 2048;

interface Sessions {
  /** Of the prompt's words. */
  readonly read: WordEmbedding;
  /** Of the answer's: nearly always the same table, and then the same session. */
  readonly written: WordEmbedding;
  readonly encoder: InferenceSession;
  readonly decoder: InferenceSession;
}

export function planT5Decoder(
  { folder, generation, weights }: Checkpoint,
  config: T5Config,
  root: string,
  { precision, integers }: DecoderForm,
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
  t5Encoder(encoder, config, precision);
  const decoder = new GraphBuilder('t5-decoder', weights, root, integers);
  t5Decoder(decoder, config, precision);
  const words = planWords(new GraphBuilder('token-embedding', weights, root), config, encoderWords);
  const writtenWords = planWords(new GraphBuilder('answer-embedding', weights, root), config, decoderWords);
  return {
    async open(openSession) {
      const read = await words.open(openSession);
      const written = words.table === writtenWords.table ? read : await writtenWords.open(openSession);
      return new T5Decoder(config, start, {
        read,
        written,
        encoder: await openSession(encoder.build()),
        decoder: await openSession(decoder.build()),
      });
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
}

class T5Decoder implements Decoder, LanguageModel<T5Prompt> {
  /** Of what was written, and of what the encoder read. */
  readonly caches: readonly [written: KvCache, source: KvCache];
  private readonly config: T5Config;
  private readonly start: number;
  private readonly sessions: Sessions;
  private readonly batch: Batch<T5Prompt>;

  /** @param start what every answer begins with */
  constructor(config: T5Config, start: number, sessions: Sessions) {
    const { numDecoderLayers: layers, numHeads: heads, dKv: headWidth } = config;
    this.caches = [new KvCache({ layers, heads, headWidth }), new KvCache({ layers, heads, headWidth })];
    this.config = config;
    this.start = start;
    this.sessions = sessions;
    this.batch = new Batch(this);
  }

  begin(signal?: AbortSignal): Decoding {
    return this.batch.begin(signal);
  }

  /** The decoder never reads the prompt, so what its texts begin with is all there is to repeat. */
  context(): readonly number[] {
    return [this.start];
  }

  async close(): Promise<void> {
    await this.batch.idle();
    const { read, written, encoder, decoder } = this.sessions;
    await read.close();
    if (written !== read) await written.close();
    await encoder.release();
    await decoder.release();
  }

  prompt(features: ImageFeatures, ids: readonly number[]): T5Prompt {
    return { features, ids };
  }

  positionsOf({ features, ids }: T5Prompt): number {
    return features.queryTokens + ids.length;
  }

  async read(prompts: readonly T5Prompt[]): Promise<readonly NextToken[]> {
    const [written, source] = this.caches;
    const first = written.rows;
    for (const cache of this.caches) {
      cache.makeRoomFor(prompts.length);
      for (const _ of prompts) cache.add();
    }
    await this.encode(prompts, source, first);
    const starts = await this.sessions.written.each(prompts.map(() => [this.start]));
    return this.run(first, starts);
  }

  async write(ids: readonly (number | undefined)[]): Promise<readonly NextToken[]> {
    return this.run(0, await this.sessions.written.each(ids.map((id) => (id === undefined ? [] : [id]))));
  }

  /** Nothing is kept: the encoder looks both ways, so that another prompt changes what it says of the picture, too. */
  leave(): void {}

  /** Keys and values of each of the decoder's layers; shorter prompts are filled up as in `runTexts`. */
  private async encode(prompts: readonly T5Prompt[], source: KvCache, first: number): Promise<void> {
    const words = await this.sessions.read.each(prompts.map(({ ids }) => ids));
    const { dModel } = this.config;
    const texts = prompts.map(({ features }, at) => joined(features.data, words[at] ?? new Float32Array()));
    const counts = texts.map(({ length }) => length / dModel);
    const most = Math.max(...counts);
    const results = await this.sessions.encoder.run({
      rows: filledUp(texts, dModel, most),
      buckets: this.encoderBuckets(most),
      bias: masked(counts, most, 'before'),
    });
    const floats = (name: string) => (results[name] as Tensor).data as Float32Array;
    source.append(first, counts, (layer) => {
      const { keys, values } = crossNames(layer);
      return { keys: floats(keys), values: floats(values) };
    });
  }

  /** @param rows (new tokens, width) of each text from the row `first` on */
  private run(first: number, rows: readonly Float32Array[]): Promise<NextToken[]> {
    const [cache, source] = this.caches;
    const sources = rows.map((_, at) => source.length(first + at));
    const more = (shape: RunShape) => ({
      buckets: this.decoderBuckets(shape),
      cross_bias: masked(sources, source.capacity, 'behind'),
      ...source.feeds(first, rows.length, crossNames),
    });
    const { dModel: width } = this.config;
    return runTexts({ session: this.sessions.decoder, cache, first, rows, width, more });
  }

  /** (1, count, count) */
  private encoderBuckets(count: number): Tensor {
    const byPosition = bucketsOf(count - 1, this.bucketShape(true));
    const buckets = new Int32Array(count * count);
    for (let row = 0; row < count; row++) {
      buckets.set(byPosition.subarray(count - 1 - row, 2 * count - 1 - row), row * count);
    }
    return new Tensor('int32', buckets, [1, count, count]);
  }

  /** (texts, 1, capacity + 1): of the tokens before, of what is masked, and of the token itself. */
  private decoderBuckets({ lengths, capacity }: RunShape): Tensor {
    const total = capacity + 1;
    const buckets = new Int32Array(lengths.length * total);
    const longest = Math.max(...lengths);
    const byPosition = bucketsOf(longest, this.bucketShape(false));
    for (const [text, length] of lengths.entries()) {
      buckets.set(byPosition.subarray(longest - length, longest), text * total);
    }
    return new Tensor('int32', buckets, [lengths.length, 1, total]);
  }

  private bucketShape(bothWays: boolean) {
    const { relativeAttentionNumBuckets: buckets, relativeAttentionMaxDistance: farthest } = this.config;
    return { buckets, farthest, bothWays };
  }
}

/** (texts, 1, 1, total): of each text's positions only so many are looked at, and not those before or behind them. */
function masked(counts: readonly number[], total: number, side: 'before' | 'behind'): Tensor {
  const bias = new Float32Array(counts.length * total);
  for (const [text, count] of counts.entries()) {
    const start = text * total + (side === 'before' ? 0 : count);
    bias.fill(MASKED, start, start + total - count);
  }
  return new Tensor('float32', bias, [counts.length, 1, 1, total]);
}
