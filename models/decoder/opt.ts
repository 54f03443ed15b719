// Runs OPT step by step: the picture's rows first, then BOS and the prompt, then one token at a time.
import { type InferenceSession, Tensor } from 'onnxruntime-node';
import type { ImageFeatures } from '../backend.ts';
import type { Checkpoint } from '../checkpoint/checkpoint.ts';
import type { Blip2Config, OptConfig } from '../checkpoint/config.ts';
import { ModelError } from '../errors.ts';
import { GraphBuilder, type Precision } from '../graph/builder.ts';
import { cacheNames, optDecoder } from '../graph/opt-decoder.ts';
import { tokenEmbedding } from '../graph/token-embedding.ts';
import { CPU } from '../sessions.ts';
import type { Decoder, DecoderPlan, Decoding } from './decoder.ts';
import { KvCache } from './kv-cache.ts';

/** Far below any score, so that softmax gives 0, and still a number in f16. */
const MASKED = -60_000;

export function planOptDecoder(checkpoint: Checkpoint, root: string, precision: Precision): DecoderPlan {
  const { config, weights } = checkpoint;
  const embedding = new GraphBuilder('token-embedding', weights, root);
  tokenEmbedding(embedding, config.textConfig);
  const decoder = new GraphBuilder('opt-decoder', weights, root);
  optDecoder(decoder, config.textConfig, precision);
  return {
    open: async (openSession) =>
      new OptDecoder(config, await openSession(embedding.build(), CPU), await openSession(decoder.build())),
  };
}

class OptDecoder implements Decoder {
  private readonly config: OptConfig;
  private readonly imageTokenIndex: Blip2Config['imageTokenIndex'];
  private readonly embedding: InferenceSession;
  private readonly decoder: InferenceSession;

  constructor(config: Blip2Config, embedding: InferenceSession, decoder: InferenceSession) {
    this.config = config.textConfig;
    this.imageTokenIndex = config.imageTokenIndex;
    this.embedding = embedding;
    this.decoder = decoder;
  }

  begin(): Decoding {
    const { numHiddenLayers: layers, numAttentionHeads: heads, hiddenSize, vocabSize } = this.config;
    const cache = new KvCache({ layers, heads, headWidth: hiddenSize / heads });
    return {
      prefill: async ({ data }, ids) => this.run(cache, joined(data, await this.embed(ids))),
      step: async (id) => this.run(cache, await this.embed([id])),
      branch: async (beams) => {
        cache.branch(beams.map(({ parent }) => parent));
        const logits = await this.run(cache, await this.embed(beams.map(({ id }) => id)));
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
    await this.embedding.release();
    await this.decoder.release();
  }

  /** (tokens, word width) */
  private async embed(ids: readonly number[]): Promise<Float32Array> {
    const { vocabSize } = this.config;
    const strange = ids.find((id) => id >= vocabSize);
    if (strange !== undefined) {
      throw new ModelError(
        `The prompt has token ${strange}, but the decoder knows only ${vocabSize}. Leave out special tokens such as <image>.`,
      );
    }
    const { rows } = await this.embedding.run({
      ids: new Tensor('int32', Int32Array.from(ids), [ids.length]),
    });
    return (rows as Tensor).data as Float32Array;
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

function cacheFeeds({ batch, keys, values, shape, capacity }: KvCache): Record<string, Tensor> {
  const sides = [batch, shape.heads, capacity, shape.headWidth];
  const feed = (name: string, { data }: { data: Float32Array }) => [name, new Tensor('float32', data, sides)];
  return Object.fromEntries([
    ...keys.map((rows, layer) => feed(cacheNames(layer).pastKeys, rows)),
    ...values.map((rows, layer) => feed(cacheNames(layer).pastValues, rows)),
  ]);
}

function joined(features: ImageFeatures['data'], words: Float32Array): Float32Array {
  const rows = new Float32Array(features.length + words.length);
  rows.set(features);
  rows.set(words, features.length);
  return rows;
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
