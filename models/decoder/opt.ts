// Runs OPT step by step: the picture's rows first, then BOS and the prompt, then one token at a time.
import { type InferenceSession, Tensor } from 'onnxruntime-node';
import type { Checkpoint } from '../checkpoint/checkpoint.ts';
import type { OptConfig } from '../checkpoint/config.ts';
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
  { weights }: Checkpoint,
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
        new WordEmbedding(await openSession(embedding.build(), CPU), vocabSize),
        await openSession(decoder.build()),
      ),
  };
}

class OptDecoder implements Decoder {
  private readonly config: OptConfig;
  private readonly words: WordEmbedding;
  private readonly decoder: InferenceSession;

  constructor(config: OptConfig, words: WordEmbedding, decoder: InferenceSession) {
    this.config = config;
    this.words = words;
    this.decoder = decoder;
  }

  begin(): Decoding {
    const { numHiddenLayers: layers, numAttentionHeads: heads, hiddenSize } = this.config;
    const cache = new KvCache({ layers, heads, headWidth: hiddenSize / heads });
    return {
      prefill: async ({ data }, ids) => this.run(cache, joined(data, await this.words.rows(ids))),
      step: async (id) => this.run(cache, await this.words.rows([id])),
    };
  }

  async close(): Promise<void> {
    await this.words.close();
    await this.decoder.release();
  }

  /** @param rows (new, word width): appended to what was seen */
  private async run(cache: KvCache, rows: Float32Array): Promise<Float32Array> {
    const { wordEmbedProjDim } = this.config;
    const count = rows.length / wordEmbedProjDim;
    const results = await this.decoder.run({
      rows: new Tensor('float32', rows, [1, count, wordEmbedProjDim]),
      positions: positionsFrom(cache.length, count),
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

/** (1, count) */
function positionsFrom(first: number, count: number): Tensor {
  return new Tensor(
    'int32',
    Int32Array.from({ length: count }, (_, index) => first + index),
    [1, count],
  );
}

/** (1, 1, count, capacity + count): what the cache hasn't filled yet and everything later is masked. */
function causalBias({ length, capacity }: KvCache, count: number): Tensor {
  const total = capacity + count;
  const bias = new Float32Array(count * total);
  for (let row = 0; row < count; row++) {
    const start = row * total;
    bias.fill(MASKED, start + length, start + capacity);
    bias.fill(MASKED, start + capacity + row + 1, start + total);
  }
  return new Tensor('float32', bias, [1, 1, count, total]);
}
