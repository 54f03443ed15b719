// Where T5's texts lie, and its graphs' runs over them: in JavaScript's memory or in the device's. Of each text there is
// what the encoder read, which stays as it is, and what was written.
import type { InferenceSession, Tensor } from 'onnxruntime-node';
import type { T5Config } from '../checkpoint/config.ts';
import { discard } from '../discard.ts';
import type { Precision } from '../graph/builder.ts';
import { crossNames } from '../graph/cache-names.ts';
import type { OpenSession } from '../sessions.ts';
import { loopFeeds, runAtOnce } from './answer-at-once.ts';
import type { WholeText } from './decoder.ts';
import { DeviceCache } from './device-cache.ts';
import { runOnDevice } from './device-run.ts';
import { DeviceTexts, release, type TextBlock } from './device-texts.ts';
import { KvCache } from './kv-cache.ts';
import type { Choice, NextToken, Wanted } from './next-token.ts';
import { answerBuckets, decoderBuckets, firstOnly } from './t5-feeds.ts';
import { addRows, ofText, readTexts } from './t5-reading.ts';
import type { TextCache } from './text-cache.ts';
import { type RunShape, runTexts } from './texts-run.ts';

export interface T5Texts {
  /** Of what was written, and of what the encoder read. */
  readonly caches: readonly [written: TextCache, source: TextCache];
  /**
   * New texts, side by side behind those there are.
   * @param prompts (tokens, width) of each, for the encoder
   * @param starts (1, width) of each: what its answer begins with
   */
  begin(
    prompts: readonly Float32Array[],
    starts: readonly Float32Array[],
    wanted: readonly Wanted[],
  ): Promise<readonly NextToken[]>;
  /** @param rows (1, width) of each text there is; none for one that rests */
  goOn(rows: readonly Float32Array[], wanted: readonly Wanted[]): Promise<readonly NextToken[]>;
  /** A whole answer in one run, where the graph has a loop for that. */
  readonly writeAtOnce?: (prompt: T5WholePrompt) => Promise<readonly Choice[]>;
  close(): Promise<void>;
}

export interface T5WholePrompt extends Pick<WholeText, 'limit' | 'least'> {
  /** (tokens, width), for the encoder. */
  readonly prompt: Float32Array;
  /** (1, width): what the answer begins with. */
  readonly start: Float32Array;
}

export interface T5Sessions {
  readonly encoder: InferenceSession;
  readonly decoder: InferenceSession;
}

export class T5TextsOutside implements T5Texts {
  readonly caches: readonly [written: KvCache, source: KvCache];
  readonly writeAtOnce?: NonNullable<T5Texts['writeAtOnce']>;
  private readonly config: T5Config;
  private readonly sessions: T5Sessions;
  private readonly hasLoop: boolean;

  /** @param hasLoop whether the decoder's graph can write whole answers */
  constructor(sessions: T5Sessions, config: T5Config, hasLoop: boolean) {
    this.caches = [new KvCache(shapeOf(config)), new KvCache(shapeOf(config))];
    this.config = config;
    this.sessions = sessions;
    this.hasLoop = hasLoop;
    if (hasLoop) this.writeAtOnce = (prompt) => this.runWhole(prompt);
  }

  async begin(
    prompts: readonly Float32Array[],
    starts: readonly Float32Array[],
    wanted: readonly Wanted[],
  ): Promise<readonly NextToken[]> {
    const { caches, sessions, config } = this;
    const first = addRows(caches, prompts.length);
    const { counts, layers, tensors } = await readTexts(prompts, sessions.encoder, config);
    const [, source] = caches;
    for (const [at, count] of counts.entries()) {
      source.write(
        first + at,
        layers.map((layer) => ofText(layer, at, prompts.length)),
        count,
      );
    }
    discard(tensors.map(({ data }) => data as Float32Array));
    return this.run(first, starts, wanted);
  }

  goOn(rows: readonly Float32Array[], wanted: readonly Wanted[]): Promise<readonly NextToken[]> {
    return this.run(0, rows, wanted);
  }

  async close(): Promise<void> {
    await this.sessions.encoder.release();
    await this.sessions.decoder.release();
  }

  private run(first: number, rows: readonly Float32Array[], wanted: readonly Wanted[]): Promise<NextToken[]> {
    const { config, sessions, hasLoop } = this;
    const [cache, source] = this.caches;
    const lengths = rows.map((_, at) => source.length(first + at));
    const more = (shape: RunShape) => ({
      buckets: decoderBuckets(shape, shape.capacity + 1, config),
      cross_bias: firstOnly(lengths, source.fedPositions(first, rows.length)),
      ...source.feeds(first, rows.length, crossNames),
      ...(hasLoop && { ...loopFeeds(), answer_buckets: answerBuckets(1, config) }),
    });
    const { dModel: width } = config;
    return runTexts({ session: sessions.decoder, cache, first, rows, width, wanted, more });
  }

  private async runWhole({ prompt, start, ...run }: T5WholePrompt): Promise<readonly Choice[]> {
    const { config, sessions } = this;
    const { counts, most, tensors } = await readTexts([prompt], sessions.encoder, config);
    const more = (shape: RunShape) => ({
      buckets: decoderBuckets(shape, shape.capacity + 1, config),
      cross_bias: firstOnly(counts, most),
      ...crossFeeds(tensors),
      answer_buckets: answerBuckets(run.limit, config),
    });
    const cache = new KvCache(shapeOf(config)); // its own, as no other text goes on from it
    cache.add();
    const { dModel: width } = config;
    const choices = await runAtOnce({ ...run, session: sessions.decoder, cache, rows: start, width, more });
    discard(tensors.map(({ data }) => data as Float32Array));
    return choices;
  }
}

/** What the decoder reads of what the encoder said. */
interface Source {
  readonly block: TextBlock;
  readonly lengths: readonly number[];
}

export class T5TextsInside implements T5Texts {
  /** @param sessions the encoder's outputs stay in the device's memory */
  static async open(
    sessions: T5Sessions,
    config: T5Config,
    precision: Precision,
    openSession: OpenSession,
  ): Promise<T5TextsInside> {
    return new T5TextsInside(
      sessions,
      config,
      await DeviceTexts.open(shapeOf(config), precision, openSession),
    );
  }

  readonly caches: readonly [written: DeviceCache, source: DeviceCache];
  private readonly config: T5Config;
  private readonly sessions: T5Sessions;
  private readonly device: DeviceTexts;

  private constructor(sessions: T5Sessions, config: T5Config, device: DeviceTexts) {
    this.caches = [new DeviceCache(device), new DeviceCache(device)];
    this.config = config;
    this.sessions = sessions;
    this.device = device;
  }

  async begin(
    prompts: readonly Float32Array[],
    starts: readonly Float32Array[],
    wanted: readonly Wanted[],
  ): Promise<readonly NextToken[]> {
    const { caches, sessions, config } = this;
    const first = addRows(caches, prompts.length);
    const { counts, most, tensors } = await readTexts(prompts, sessions.encoder, config);
    const [, source] = caches;
    const block = { texts: prompts.length, capacity: most, tensors };
    try {
      const next = await this.run(first, starts, { block, lengths: counts }, wanted);
      await source.take(first, counts, block);
      return next;
    } catch (error) {
      release(tensors);
      throw error;
    }
  }

  async goOn(rows: readonly Float32Array[], wanted: readonly Wanted[]): Promise<readonly NextToken[]> {
    const [, source] = this.caches;
    const lengths = rows.map((_, row) => source.length(row));
    return this.run(0, rows, { block: await source.whole(), lengths }, wanted);
  }

  async close(): Promise<void> {
    for (const cache of this.caches) cache.close();
    await this.device.close();
    await this.sessions.encoder.release();
    await this.sessions.decoder.release();
  }

  private run(
    first: number,
    rows: readonly Float32Array[],
    { block, lengths }: Source,
    wanted: readonly Wanted[],
  ): Promise<NextToken[]> {
    const { config, sessions } = this;
    const { dModel: width, numHeads: heads } = config;
    const more = (shape: RunShape) => ({
      buckets: decoderBuckets(shape, shape.capacity, config),
      cross_bias: firstOnly(lengths, block.capacity),
      ...crossFeeds(block.tensors),
    });
    const [cache] = this.caches;
    return runOnDevice({ session: sessions.decoder, cache, heads, first, rows, width, wanted, more });
  }
}

const crossFeeds = (tensors: readonly Tensor[]): Record<string, Tensor> =>
  Object.fromEntries(
    tensors.map((tensor, at) => {
      const { keys, values } = crossNames(at >> 1);
      return [at % 2 === 0 ? keys : values, tensor];
    }),
  );

const shapeOf = ({ numDecoderLayers: layers, numHeads: heads, dKv: headWidth }: T5Config) => ({
  layers,
  heads,
  headWidth,
});
