// T5's texts in the device's memory.
import type { T5Config } from '../checkpoint/config.ts';
import type { Precision } from '../graph/builder.ts';
import type { OpenSession } from '../sessions.ts';
import { DeviceCache } from './device-cache.ts';
import { runOnDevice } from './device-run.ts';
import { DeviceTexts, release, type TextBlock } from './device-texts.ts';
import type { NextToken, Wanted } from './next-token.ts';
import { decoderBuckets, firstOnly } from './t5-feeds.ts';
import { readBehind } from './t5-reading.ts';
import { crossFeeds, shapeOf, type T5Sessions, type T5Texts } from './t5-texts.ts';
import type { RunShape } from './texts-run.ts';

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
    const { first, counts, most, tensors } = await readBehind(caches, prompts, sessions.encoder, config);
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
