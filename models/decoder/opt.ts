// Runs OPT step by step: the picture's rows first, then BOS and the prompt, then one token at a time.
import { type InferenceSession, Tensor } from 'onnxruntime-node';
import type { Checkpoint } from '../checkpoint/checkpoint.ts';
import type { Blip2Config, OptConfig } from '../checkpoint/config.ts';
import { GraphBuilder, type Precision } from '../graph/builder.ts';
import { cacheNames } from '../graph/cache-names.ts';
import { optDecoder } from '../graph/opt-decoder.ts';
import { wordTable } from '../graph/opt-weights.ts';
import { tokenEmbedding } from '../graph/token-embedding.ts';
import { CPU } from '../sessions.ts';
import { cacheFeeds, MASKED } from './cache-feeds.ts';
import type { Decoder, DecoderPlan, Decoding } from './decoder.ts';
import { KvCache } from './kv-cache.ts';
import { joined, WordEmbedding } from './word-embedding.ts';

export function planOptDecoder(
  { config: { imageTokenIndex }, weights }: Checkpoint,
  config: OptConfig,
  root: string,
  precision: Precision,
): DecoderPlan {
  const { vocabSize, wordEmbedProjDim } = config;
  const embedding = new GraphBuilder('token-embedding', weights, root);
  tokenEmbedding(embedding, wordTable(embedding, config), [vocabSize, wordEmbedProjDim]);
  const decoder = new GraphBuilder('opt-decoder', weights, root);
  optDecoder(decoder, config, precision);
  return {
    open: async (openSession) =>
      new OptDecoder(
        config,
        imageTokenIndex,
        new WordEmbedding(await openSession(embedding.build(), CPU), vocabSize),
        await openSession(decoder.build()),
      ),
  };
}

class OptDecoder implements Decoder {
  private readonly config: OptConfig;
  private readonly imageTokenIndex: Blip2Config['imageTokenIndex'];
  private readonly words: WordEmbedding;
  private readonly decoder: InferenceSession;

  constructor(
    config: OptConfig,
    imageTokenIndex: Blip2Config['imageTokenIndex'],
    words: WordEmbedding,
    decoder: InferenceSession,
  ) {
    this.config = config;
    this.imageTokenIndex = imageTokenIndex;
    this.words = words;
    this.decoder = decoder;
  }

  begin(): Decoding {
    const { numHiddenLayers: layers, numAttentionHeads: heads, hiddenSize, vocabSize } = this.config;
    const cache = new KvCache({ layers, heads, headWidth: hiddenSize / heads });
    return {
      prefill: async ({ data }, ids) => this.run(cache, joined(data, await this.words.rows(ids))),
      step: async (id) => this.run(cache, await this.words.rows([id])),
      branch: async (beams) => {
        cache.branch(beams.map(({ parent }) => parent));
        const logits = await this.run(cache, await this.words.rows(beams.map(({ id }) => id)));
        return beams.map((_, beam) => logits.subarray(beam * vocabSize, (beam + 1) * vocabSize));
      },
    };
  }

  /** The picture's tokens are in it, too. */
  context(queryTokens: number, ids: readonly number[]): readonly number[] {
    const picture = new Array(queryTokens).fill(this.imageTokenIndex);
    return this.imageTokenIndex == null ? ids : [...picture, ...ids];
  }

  async close(): Promise<void> {
    await this.words.close();
    await this.decoder.release();
  }

  /**
   * @param rows (batch, new, word width): appended to what was seen
   * @returns (batch, vocabulary)
   */
  private async run(cache: KvCache, rows: Float32Array): Promise<Float32Array> {
    const { wordEmbedProjDim } = this.config;
    const count = rows.length / wordEmbedProjDim / cache.batch;
    const results = await this.decoder.run({
      rows: new Tensor('float32', rows, [cache.batch, count, wordEmbedProjDim]),
      positions: positionsFrom(cache, count),
      bias: causalBias(cache, count),
      ...cacheFeeds(cache),
    });
    const floats = (name: string) => (results[name] as Tensor).data as Float32Array;
    cache.append(count, (layer) => {
      const { newKeys, newValues } = cacheNames(layer);
      return { keys: floats(newKeys), values: floats(newValues) };
    });
    return floats('logits');
  }
}

/** (batch, count): the same for all texts. */
function positionsFrom({ batch, length }: KvCache, count: number): Tensor {
  const positions = Int32Array.from({ length: batch * count }, (_, index) => length + (index % count));
  return new Tensor('int32', positions, [batch, count]);
}

/** (batch, 1, count, capacity + count): what the cache hasn't filled yet and everything later is masked. */
function causalBias({ batch, length, capacity }: KvCache, count: number): Tensor {
  const total = capacity + count;
  const bias = new Float32Array(batch * count * total);
  for (let row = 0; row < batch * count; row++) {
    const start = row * total;
    bias.fill(MASKED, start + length, start + capacity);
    bias.fill(MASKED, start + capacity + (row % count) + 1, start + total);
  }
  return new Tensor('float32', bias, [batch, 1, count, total]);
}
