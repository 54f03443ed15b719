// OPT as texts go on in it: the picture's rows first, then BOS and the prompt, then one token at a time.
import { type InferenceSession, Tensor } from 'onnxruntime-node';
import type { ImageFeatures } from '../backend.ts';
import type { Checkpoint } from '../checkpoint/checkpoint.ts';
import type { Blip2Config, OptConfig } from '../checkpoint/config.ts';
import { GraphBuilder } from '../graph/builder.ts';
import { optDecoder } from '../graph/opt-decoder.ts';
import { wordTable } from '../graph/opt-weights.ts';
import { tokenEmbedding } from '../graph/token-embedding.ts';
import { CPU } from '../sessions.ts';
import { Batch, type LanguageModel } from './batch.ts';
import type { Decoder, DecoderPlan, Decoding, GraphTarget } from './decoder.ts';
import { KvCache } from './kv-cache.ts';
import { type Part, type PrefixCache, pictureKey } from './prefix-cache.ts';
import { type RunShape, runTexts } from './texts-run.ts';
import { joined, WordEmbedding } from './word-embedding.ts';

export function planOptDecoder(
  { config: { imageTokenIndex }, weights }: Checkpoint,
  config: OptConfig,
  { root, precision, integers }: GraphTarget,
): DecoderPlan {
  const { vocabSize, wordEmbedProjDim } = config;
  const embedding = new GraphBuilder('token-embedding', weights, root);
  tokenEmbedding(embedding, wordTable(embedding, config), [vocabSize, wordEmbedProjDim]);
  const decoder = new GraphBuilder('opt-decoder', weights, root, integers);
  optDecoder(decoder, config, precision);
  return {
    open: async (openSession, prefixes) => {
      const words = new WordEmbedding(await openSession(embedding.build(), CPU), vocabSize, wordEmbedProjDim);
      const sessions = { words, decoder: await openSession(decoder.build()) };
      return new OptDecoder(config, imageTokenIndex, sessions, prefixes);
    },
  };
}

/** A prompt with what is known of it already. */
interface OptPrompt {
  readonly features: ImageFeatures;
  readonly ids: readonly number[];
  /** Of the picture, where keys and values are kept. */
  readonly picture: string | undefined;
}

class OptDecoder implements Decoder, LanguageModel<OptPrompt> {
  readonly caches: readonly [KvCache];
  private readonly config: OptConfig;
  private readonly imageTokenIndex: Blip2Config['imageTokenIndex'];
  private readonly words: WordEmbedding;
  private readonly decoder: InferenceSession;
  private readonly prefixes: PrefixCache | undefined;
  private readonly batch: Batch<OptPrompt>;

  constructor(
    config: OptConfig,
    imageTokenIndex: Blip2Config['imageTokenIndex'],
    sessions: { readonly words: WordEmbedding; readonly decoder: InferenceSession },
    prefixes: PrefixCache | undefined,
  ) {
    const { numHiddenLayers: layers, numAttentionHeads: heads, hiddenSize } = config;
    this.caches = [new KvCache({ layers, heads, headWidth: hiddenSize / heads })];
    this.config = config;
    this.imageTokenIndex = imageTokenIndex;
    this.words = sessions.words;
    this.decoder = sessions.decoder;
    this.prefixes = prefixes;
    this.batch = new Batch(this);
  }

  begin(signal?: AbortSignal): Decoding {
    return this.batch.begin(signal);
  }

  /** The picture's tokens are in it, too. */
  context(queryTokens: number, ids: readonly number[]): readonly number[] {
    const picture = new Array(queryTokens).fill(this.imageTokenIndex);
    return this.imageTokenIndex == null ? ids : [...picture, ...ids];
  }

  async close(): Promise<void> {
    await this.batch.idle();
    await this.words.close();
    await this.decoder.release();
  }

  prompt(features: ImageFeatures, ids: readonly number[]): OptPrompt {
    return { features, ids, picture: this.prefixes && pictureKey(features) };
  }

  positionsOf(prompt: OptPrompt): number {
    return prompt.features.queryTokens + prompt.ids.length - this.known(prompt).positions;
  }

  async read(prompts: readonly OptPrompt[]): Promise<readonly Float32Array[]> {
    const [cache] = this.caches;
    const first = cache.rows;
    const rows: Float32Array[] = [];
    cache.makeRoomFor(prompts.length);
    for (const prompt of prompts) {
      const { parts, positions } = this.known(prompt);
      const row = cache.add();
      for (const { layers, positions: count } of parts) {
        cache.write(row, layers, Math.min(count, positions - cache.length(row)));
      }
      rows.push(await this.rowsFrom(positions, prompt));
    }
    return this.run(first, rows);
  }

  async write(ids: readonly (number | undefined)[]): Promise<readonly Float32Array[]> {
    const words = await this.words.each(ids.map((id) => (id === undefined ? [] : [id])));
    return this.run(0, words);
  }

  leave({ picture, features, ids }: OptPrompt, row: number, written: readonly number[]): void {
    if (picture === undefined) return;
    const { queryTokens } = features;
    this.prefixes?.keep({ picture, queryTokens, ids: [...ids, ...written] }, (start, end) =>
      this.caches[0].read(row, start, end),
    );
  }

  /** What the prompt has in common with an earlier text, but never its last token: that has to be run for logits. */
  private known({ picture, features, ids }: OptPrompt): {
    parts: readonly Part[];
    positions: number;
  } {
    const match = picture === undefined ? undefined : this.prefixes?.longest(picture, ids);
    if (match === undefined || ids.length === 0) return { parts: [], positions: 0 };
    const positions = features.queryTokens + Math.min(match.ids, ids.length - 1);
    return { parts: match.parts, positions };
  }

  /** (positions left, word width): the prompt's rows from a position on. */
  private async rowsFrom(start: number, { features, ids }: OptPrompt): Promise<Float32Array> {
    const { data, queryTokens } = features;
    const words = await this.words.rows(ids.slice(Math.max(0, start - queryTokens)));
    return start === 0 ? joined(data, words) : words;
  }

  /** @param rows (new tokens, word width) of each text from the row `first` on */
  private run(first: number, rows: readonly Float32Array[]): Promise<Float32Array[]> {
    const [cache] = this.caches;
    const { wordEmbedProjDim: width } = this.config;
    const more = (shape: RunShape) => ({ positions: positions(shape) });
    return runTexts({ session: this.decoder, cache, first, rows, width, more });
  }
}

/** (texts, most): what fills a text up has none, and takes the first. */
function positions({ counts, most, lengths }: RunShape): Tensor {
  const all = counts.flatMap((count, text) =>
    Array.from({ length: most }, (_, at) => Math.max(0, (lengths[text] ?? 0) + at - (most - count))),
  );
  return new Tensor('int32', Int32Array.from(all), [counts.length, most]);
}
