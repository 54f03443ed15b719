// OPT as texts go on in it: the picture's rows first, then BOS and the prompt, then one token at a time.
import type { ImageFeatures } from '../backend.ts';
import type { Checkpoint } from '../checkpoint/checkpoint.ts';
import type { Blip2Config, OptConfig } from '../checkpoint/config.ts';
import { GraphBuilder } from '../graph/builder.ts';
import { optDecoder } from '../graph/opt-decoder.ts';
import { wordTable } from '../graph/opt-weights.ts';
import { tokenEmbedding } from '../graph/token-embedding.ts';
import { WholeAnswers } from './answer-at-once.ts';
import { Batch, type LanguageModel } from './batch.ts';
import type { Decoder, DecoderForm, DecoderPlan, Decoding, GreedyDecoding, WholeText } from './decoder.ts';
import type { Choice, NextToken, Wanted } from './next-token.ts';
import { type OptTexts, OptTextsInside, OptTextsOutside } from './opt-texts.ts';
import { type Part, pictureKey } from './prefix-cache.ts';
import type { TextCache } from './text-cache.ts';
import { joined, WordEmbedding } from './word-embedding.ts';

export function planOptDecoder(
  { config: { imageTokenIndex }, weights, generation }: Checkpoint,
  config: OptConfig,
  root: string,
  { precision, integers, kept = 'outside', atOnce = false }: DecoderForm,
): DecoderPlan {
  const { vocabSize, wordEmbedProjDim } = config;
  const embedding = new GraphBuilder('token-embedding', weights, root);
  tokenEmbedding(embedding, wordTable(embedding, config), [vocabSize, wordEmbedProjDim]);
  const decoder = new GraphBuilder('opt-decoder', weights, root, integers);
  optDecoder(decoder, config, precision, {
    inside: kept === 'inside',
    atOnce: kept === 'outside' && atOnce,
    ends: generation.eosTokenIds,
  });
  return {
    open: async (openSession, prefixes) => {
      const session = await openSession(embedding.build(), 'cpu');
      const words = new WordEmbedding(session, vocabSize, wordEmbedProjDim);
      const decoderSession = await openSession(decoder.build());
      const texts =
        kept === 'inside'
          ? await OptTextsInside.open(decoderSession, config, precision, openSession)
          : new OptTextsOutside(decoderSession, config, { prefixes, hasLoop: atOnce });
      return new OptDecoder(imageTokenIndex, words, texts);
    },
  };
}

/** A prompt with what is known of it already. */
interface OptPrompt {
  readonly features: ImageFeatures;
  readonly ids: readonly number[];
  /** Of the picture, where keys and values are kept. */
  readonly picture: string | undefined;
  /** Tokens that may follow, as far as room is made for them at once. */
  readonly ahead: number;
}

class OptDecoder implements Decoder, LanguageModel<OptPrompt> {
  readonly caches: readonly TextCache[];
  readonly writeAtOnce?: NonNullable<Decoder['writeAtOnce']>;
  private readonly imageTokenIndex: Blip2Config['imageTokenIndex'];
  private readonly words: WordEmbedding;
  private readonly texts: OptTexts;
  private readonly batch: Batch<OptPrompt>;
  private readonly whole: WholeAnswers;

  constructor(imageTokenIndex: Blip2Config['imageTokenIndex'], words: WordEmbedding, texts: OptTexts) {
    this.caches = [texts.cache];
    this.imageTokenIndex = imageTokenIndex;
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

  /** The picture's tokens are in it, too. */
  context(queryTokens: number, ids: readonly number[]): readonly number[] {
    const picture = new Array(queryTokens).fill(this.imageTokenIndex);
    return this.imageTokenIndex == null ? ids : [...picture, ...ids];
  }

  async close(): Promise<void> {
    await this.batch.idle();
    await this.whole.idle();
    await this.words.close();
    await this.texts.close();
  }

  prompt(features: ImageFeatures, ids: readonly number[], ahead: number): OptPrompt {
    return { features, ids, ahead, picture: this.texts.prefixes && pictureKey(features) };
  }

  positionsOf(prompt: OptPrompt): number {
    return prompt.features.queryTokens + prompt.ids.length - this.known(prompt).positions;
  }

  async read(prompts: readonly OptPrompt[], wanted: readonly Wanted[]): Promise<readonly NextToken[]> {
    const { cache, fill } = this.texts;
    const first = cache.rows;
    const rows: Float32Array[] = [];
    const lengths = prompts.map(({ features, ids, ahead }) => features.queryTokens + ids.length + ahead);
    cache.makeRoomFor(prompts.length, Math.max(...lengths));
    for (const prompt of prompts) {
      const { parts, positions } = this.known(prompt);
      const row = cache.add();
      fill?.(row, parts, positions);
      this.count(prompt, positions);
      rows.push(await this.rowsFrom(positions, prompt));
    }
    return this.texts.run(first, rows, wanted);
  }

  async write(
    ids: readonly (number | undefined)[],
    wanted: readonly Wanted[],
  ): Promise<readonly NextToken[]> {
    const words = await this.words.each(ids.map((id) => (id === undefined ? [] : [id])));
    return this.texts.run(0, words, wanted);
  }

  leave(prompt: OptPrompt, row: number, written: readonly number[]): void {
    this.keep(prompt, row, [...prompt.ids, ...written], this.texts.read);
  }

  private async writeWhole({ features, ids, limit, least }: WholeText): Promise<readonly Choice[]> {
    const prompt = this.prompt(features, ids, 0);
    const known = this.known(prompt);
    this.count(prompt, known.positions);
    const rows = await this.rowsFrom(known.positions, prompt);
    const { writeAtOnce } = this.texts;
    const choices = await writeAtOnce?.({ ...known, rows, limit, least }, (read) =>
      this.keep(prompt, 0, ids, read),
    );
    return choices ?? [];
  }

  private count({ features, ids }: OptPrompt, reused: number): void {
    this.texts.prefixes?.count(features.queryTokens + ids.length, reused);
  }

  /** @param ids what follows the picture in that row */
  private keep(
    { picture, features }: OptPrompt,
    row: number,
    ids: readonly number[],
    read: OptTexts['read'],
  ): void {
    if (picture === undefined || read === undefined) return;
    const { queryTokens } = features;
    this.texts.prefixes?.keep({ picture, queryTokens, ids }, (start, end) => read(row, start, end));
  }

  /** What the prompt has in common with an earlier text, but never its last token: that has to be run for logits. */
  private known({ picture, features, ids }: OptPrompt): {
    parts: readonly Part[];
    positions: number;
  } {
    const match = picture === undefined ? undefined : this.texts.prefixes?.longest(picture, ids);
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
}
