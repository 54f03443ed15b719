// T5's texts in JavaScript's memory.
import type { T5Config } from '../checkpoint/config.ts';
import { discard } from '../discard.ts';
import { crossNames } from '../graph/cache-names.ts';
import { loopFeeds, runAtOnce } from './answer-at-once.ts';
import { KvCache } from './kv-cache.ts';
import type { Choice, NextToken, Wanted } from './next-token.ts';
import { answerBuckets, decoderBuckets, firstOnly } from './t5-feeds.ts';
import { ofText, readBehind, readTexts } from './t5-reading.ts';
import { crossFeeds, shapeOf, type T5Sessions, type T5Texts, type T5WholePrompt } from './t5-texts.ts';
import { type RunShape, runTexts } from './texts-run.ts';

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
    const { first, counts, layers, tensors } = await readBehind(caches, prompts, sessions.encoder, config);
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
