// Runs T5: the encoder reads the picture's rows and the prompt once, then the decoder writes one token at a time.
import { type InferenceSession, Tensor } from 'onnxruntime-node';
import type { ImageFeatures } from '../backend.ts';
import type { Checkpoint } from '../checkpoint/checkpoint.ts';
import type { T5Config } from '../checkpoint/config.ts';
import { CheckpointError } from '../errors.ts';
import { GraphBuilder, type Precision } from '../graph/builder.ts';
import { cacheNames } from '../graph/cache-names.ts';
import { t5Decoder } from '../graph/t5-decoder.ts';
import { t5Encoder } from '../graph/t5-encoder.ts';
import { decoderWords, encoderWords } from '../graph/t5-weights.ts';
import { tokenEmbedding } from '../graph/token-embedding.ts';
import { CPU, type OpenSession } from '../sessions.ts';
import { cacheFeeds, MASKED } from './cache-feeds.ts';
import type { Decoder, DecoderPlan, Decoding } from './decoder.ts';
import { KvCache } from './kv-cache.ts';
import { bucketsOf } from './relative-position.ts';
import { joined, WordEmbedding } from './word-embedding.ts';

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
  precision: Precision,
): DecoderPlan {
  const { decoderStartTokenId: start } = generation;
  if (start === undefined) {
    throw new CheckpointError(
      `${folder}: neither config.json's text_config nor generation_config.json names a decoder_start_token_id. Add the one of the language model; T5's is 0.`,
    );
  }
  const encoder = new GraphBuilder('t5-encoder', weights, root);
  t5Encoder(encoder, config, precision);
  const decoder = new GraphBuilder('t5-decoder', weights, root);
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
      new WordEmbedding(await openSession(graph.build(), CPU), vocabSize),
  };
}

class T5Decoder implements Decoder {
  private readonly config: T5Config;
  private readonly start: number;
  private readonly sessions: Sessions;

  /** @param start what every answer begins with */
  constructor(config: T5Config, start: number, sessions: Sessions) {
    this.config = config;
    this.start = start;
    this.sessions = sessions;
  }

  begin(): Decoding {
    const { numDecoderLayers: layers, numHeads: heads, dKv: headWidth, vocabSize } = this.config;
    const cache = new KvCache({ layers, heads, headWidth });
    let source: Record<string, Tensor> = {};
    return {
      prefill: async (features, ids) => {
        source = await this.encode(features, ids);
        return this.run(source, cache, [this.start]);
      },
      step: async (id) => this.run(source, cache, [id]),
      branch: async (beams) => {
        cache.branch(beams.map(({ parent }) => parent));
        const logits = await this.run(
          source,
          cache,
          beams.map(({ id }) => id),
        );
        return beams.map((_, beam) => logits.subarray(beam * vocabSize, (beam + 1) * vocabSize));
      },
    };
  }

  /** The decoder never reads the prompt, so what its texts begin with is all there is to repeat. */
  context(): readonly number[] {
    return [this.start];
  }

  async close(): Promise<void> {
    const { read, written, encoder, decoder } = this.sessions;
    await read.close();
    if (written !== read) await written.close();
    await encoder.release();
    await decoder.release();
  }

  /** Keys and values of each of the decoder's layers, under the names that its graph takes them by. */
  private async encode({ data }: ImageFeatures, ids: readonly number[]): Promise<Record<string, Tensor>> {
    const rows = joined(data, await this.sessions.read.rows(ids));
    const { dModel } = this.config;
    const count = rows.length / dModel;
    return (await this.sessions.encoder.run({
      rows: new Tensor('float32', rows, [1, count, dModel]),
      buckets: this.encoderBuckets(count),
    })) as Record<string, Tensor>;
  }

  /**
   * @param source the same for all texts
   * @param ids the token that each text goes on with
   * @returns (batch, vocabulary)
   */
  private async run(
    source: Record<string, Tensor>,
    cache: KvCache,
    ids: readonly number[],
  ): Promise<Float32Array> {
    const { batch } = cache;
    const results = await this.sessions.decoder.run({
      rows: new Tensor('float32', await this.sessions.written.rows(ids), [batch, 1, this.config.dModel]),
      buckets: this.decoderBuckets(cache),
      bias: unfilled(cache),
      ...cacheFeeds(cache),
      ...source,
    });
    const floats = (name: string) => (results[name] as Tensor).data as Float32Array;
    cache.append(1, (layer) => {
      const { newKeys, newValues } = cacheNames(layer);
      return { keys: floats(newKeys), values: floats(newValues) };
    });
    return floats('logits');
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

  /** (1, 1, capacity + 1): of the tokens before, of what is masked, and of the token itself. */
  private decoderBuckets({ length, capacity }: KvCache): Tensor {
    const buckets = new Int32Array(capacity + 1);
    buckets.set(bucketsOf(length, this.bucketShape(false)).subarray(0, length));
    return new Tensor('int32', buckets, [1, 1, capacity + 1]);
  }

  private bucketShape(bothWays: boolean) {
    const { relativeAttentionNumBuckets: buckets, relativeAttentionMaxDistance: farthest } = this.config;
    return { buckets, farthest, bothWays };
  }
}

/** (batch, 1, 1, capacity + 1) */
function unfilled({ batch, length, capacity }: KvCache): Tensor {
  const bias = new Float32Array(batch * (capacity + 1));
  for (let text = 0; text < batch; text++) {
    const start = text * (capacity + 1);
    bias.fill(MASKED, start + length, start + capacity);
  }
  return new Tensor('float32', bias, [batch, 1, 1, capacity + 1]);
}
