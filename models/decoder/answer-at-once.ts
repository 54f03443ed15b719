// A whole answer in one run of a decoder's graph: see graph/answer-loop.ts.
import { setImmediate } from 'node:timers/promises';
import { type InferenceSession, Tensor } from 'onnxruntime-node';
import type { WholeText } from './decoder.ts';
import type { KvCache } from './kv-cache.ts';
import type { Choice } from './next-token.ts';
import { appendNew, causalBias, filledUp, newNames, pastNames, type RunShape } from './texts-run.ts';

/** In one run. Nobody can call it off meanwhile, and others wait for it, so that longer answers go step by step. */
const MOST_TOKENS = 64;

interface Asked {
  readonly text: WholeText;
  readonly resolve: (choices: Promise<readonly Choice[]> | undefined) => void;
}

/** Whole answers, one after the other, and only where no other text is in the making: those go on in steps together. */
export class WholeAnswers {
  private readonly batch: { readonly isEmpty: boolean };
  private readonly run: (text: WholeText) => Promise<readonly Choice[]>;
  private asked: Asked[] = [];
  private running: Promise<unknown> | undefined;

  constructor(batch: WholeAnswers['batch'], run: WholeAnswers['run']) {
    this.batch = batch;
    this.run = run;
  }

  /** As a Decoder's `writeAtOnce`. */
  async write(text: WholeText): Promise<readonly Choice[] | undefined> {
    if (text.limit > MOST_TOKENS) return undefined;
    return new Promise((resolve) => {
      this.asked.push({ text, resolve });
      if (this.asked.length === 1) void setImmediate().then(() => this.decide()); // all is there that came together
    });
  }

  /** Resolves when none is being written. */
  async idle(): Promise<void> {
    await setImmediate(); // what was asked for just now is decided on
    await this.running?.catch(() => {}); // whoever asked for it is told
  }

  private decide(): void {
    const asked = this.asked;
    this.asked = [];
    const left = asked.filter(({ text: { signal } }) => !signal?.aborted);
    const isAlone = left.length === 1 && this.batch.isEmpty && this.running === undefined;
    for (const { text, resolve } of asked)
      resolve(isAlone && left[0]?.text === text ? this.start(text) : undefined);
  }

  private start(text: WholeText): Promise<readonly Choice[]> {
    const written = this.run(text).finally(() => {
      this.running = undefined;
    });
    this.running = written;
    return written;
  }
}

export interface AtOnceRun {
  readonly session: InferenceSession;
  /** With one row, which may hold the prompt's beginning; afterwards it holds all of the prompt. */
  readonly cache: KvCache;
  /** (new tokens, width): the rest of the prompt. */
  readonly rows: Float32Array;
  readonly width: number;
  /** At most so many tokens, at least one. */
  readonly limit: number;
  /** No fewer, as far as `limit` allows. */
  readonly least: number;
  readonly more: (shape: RunShape) => Record<string, Tensor>;
}

/** The token that ends the text, where one did, is the last. */
export async function runAtOnce(run: AtOnceRun): Promise<readonly Choice[]> {
  const { session, cache, rows, width, limit, least, more } = run;
  const counts = [rows.length / width];
  const [most = 0] = counts;
  const shape = { counts, most, lengths: [cache.length(0)], capacity: cache.fedPositions(0, 1) };
  const results = await session.run(
    {
      rows: filledUp([rows], width, most),
      bias: causalBias(shape),
      bar: new Tensor('float32', [least > 0 ? 1 : 0], [1, 1]),
      ...loopFeeds(limit - 1, least),
      ...cache.feeds(0, 1, pastNames),
      ...more(shape),
    },
    ['likeliest', 'logprob', 'next', 'next_logprobs', ...newNames(cache.shape.layers)],
  );
  appendNew(cache, 0, counts, results);
  return [
    ...choices(results.likeliest as Tensor, results.logprob as Tensor),
    ...choices(results.next as Tensor, results.next_logprobs as Tensor),
  ];
}

/** What the graph's loop takes; by default it does nothing. */
export const loopFeeds = (more = 0, least = 0): Record<string, Tensor> => ({
  more: new Tensor('int64', [BigInt(more)], []),
  least: new Tensor('int64', [BigInt(least)], []),
});

function choices({ data: ids }: Tensor, { data: logprobs }: Tensor): Choice[] {
  return Array.from(ids as BigInt64Array, (id, at) => ({ id: Number(id), logprob: Number(logprobs[at]) }));
}
