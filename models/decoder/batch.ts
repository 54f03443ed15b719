// Continuous batching: all texts in the making go on by one token in the same run, and each answer joins and leaves at
// its own step. Yu et al. 2022 (Orca), section 3.1, https://www.usenix.org/conference/osdi22/presentation/yu.
import { setImmediate } from 'node:timers/promises';
import type { ImageFeatures } from '../backend.ts';
import type { Branch, Decoding, GreedyDecoding } from './decoder.ts';
import type { Choice, NextToken, Wanted } from './next-token.ts';
import type { TextCache } from './text-cache.ts';
import { TextRows, type Texts } from './text-rows.ts';

/** A language model as the batch sees it. */
export interface LanguageModel<Prompt = unknown> {
  /** A text has the same row in each of them. */
  readonly caches: readonly TextCache[];
  /** What is to be read. Nothing runs yet. @param ahead tokens that room is to be made for besides */
  prompt(features: ImageFeatures, ids: readonly number[], ahead: number): Prompt;
  /** How many positions a run would read now. */
  positionsOf(prompt: Prompt): number;
  /** Reads all of them in one run, each into the caches' next new row. */
  read(prompts: readonly Prompt[], wanted: readonly Wanted[]): Promise<readonly NextToken[]>;
  /** Each row goes on by its token, or rests. */
  write(ids: readonly (number | undefined)[], wanted: readonly Wanted[]): Promise<readonly NextToken[]>;
  /**
   * A row is about to be given away, and may be kept.
   * @param written by which tokens the text went on since its prompt; none where the answer had several texts
   */
  leave(prompt: Prompt, row: number, written: readonly number[]): void;
}

/** What one request has in the making. */
interface Answer<Prompt> extends Texts {
  readonly prompt: Prompt;
  /** Undefined once there were several texts. */
  written: readonly number[] | undefined;
}

/** Somebody who waits. */
interface Waiting<Output> {
  readonly resolve: (output: Output) => void;
  readonly reject: (reason: unknown) => void;
}

interface Call<Prompt, Input, Output> extends Waiting<Output> {
  readonly answer: Answer<Prompt>;
  readonly input: Input;
  readonly wanted: Wanted;
}

/** One request's way through the batch. */
interface Place {
  prefill(features: ImageFeatures, ids: readonly number[], wanted: Wanted): Promise<NextToken>;
  step(branches: readonly Branch[], wanted: Wanted): Promise<readonly NextToken[]>;
  end(): void;
}

/** Prompts are filled up to the longest of those that are read together, so none may be longer by more than this. */
const MAX_FILLING = 4 / 3;
/** That prompts may take together in one run, as all others wait for it. */
const MAX_POSITIONS = 1024;
/** Tokens that room is made for ahead: to grow for a longer answer copies less than each step would read of empty room. */
const MAX_AHEAD = 64;

export class Batch<Prompt> {
  private readonly model: LanguageModel<Prompt>;
  private readonly texts: TextRows;
  private reads: Call<Prompt, Prompt, NextToken>[] = [];
  private writes: Call<Prompt, readonly Branch[], readonly NextToken[]>[] = [];
  private leaving: Answer<Prompt>[] = [];
  /** Prompts in the run that is under way. */
  private reading = 0;
  private working: Promise<void> | undefined;

  constructor(model: LanguageModel<Prompt>) {
    this.model = model;
    this.texts = new TextRows(model.caches);
  }

  /** As a Decoder's. */
  begin(signal?: AbortSignal, limit?: number): Decoding {
    const place = this.enter(signal, limit);
    return {
      prefill: async (features, ids) => logitsOf(await place.prefill(features, ids, 'logits')),
      step: async (branches) => (await place.step(branches, 'logits')).map(logitsOf),
      end: place.end,
    };
  }

  /** As `begin`, of a model that chooses the likeliest token itself. */
  beginGreedy(signal?: AbortSignal, limit?: number): GreedyDecoding {
    const place = this.enter(signal, limit);
    const wanted = (mayEnd: boolean) => (mayEnd ? 'likeliest' : 'likeliestButEnd');
    return {
      prefill: async (features, ids, mayEnd) =>
        likeliestOf(await place.prefill(features, ids, wanted(mayEnd))),
      step: async (id, mayEnd) => {
        const [next = {}] = await place.step([{ parent: 0, id }], wanted(mayEnd));
        return likeliestOf(next);
      },
      end: place.end,
    };
  }

  /** Whether no text is in the making. */
  get isEmpty(): boolean {
    return this.texts.count + this.reads.length + this.reading === 0;
  }

  /** Resolves when nobody waits for anything. */
  async idle(): Promise<void> {
    await this.working;
  }

  private enter(signal: AbortSignal | undefined, limit = 0): Place {
    let answer: Answer<Prompt> | undefined;
    const end = (reason: unknown) => {
      signal?.removeEventListener('abort', abort);
      if (answer) this.end(answer, reason);
      answer = undefined;
    };
    const abort = () => end(signal?.reason);
    signal?.addEventListener('abort', abort);
    return {
      prefill: async (features, ids, wanted) => {
        signal?.throwIfAborted();
        const prompt = this.model.prompt(features, ids, Math.min(limit, MAX_AHEAD));
        const begun: Answer<Prompt> = { prompt, rows: [], shared: [], written: [] };
        answer = begun;
        return this.wait((who) => this.reads.push({ answer: begun, input: prompt, wanted, ...who }));
      },
      step: async (input, wanted) => {
        signal?.throwIfAborted();
        const begun = answer;
        if (begun === undefined) throw new Error('A text goes on only after its prompt and before its end.');
        return this.wait((who) => this.writes.push({ answer: begun, input, wanted, ...who }));
      },
      end: () => end(new Error('The answer was ended.')),
    };
  }

  private wait<Output>(add: (who: Waiting<Output>) => void): Promise<Output> {
    return new Promise((resolve, reject) => {
      add({ resolve, reject });
      this.wake();
    });
  }

  private end(answer: Answer<Prompt>, reason: unknown): void {
    const isOthers = (call: { answer: unknown; reject: (reason: unknown) => void }) => {
      if (call.answer === answer) call.reject(reason);
      return call.answer !== answer;
    };
    this.reads = this.reads.filter(isOthers);
    this.writes = this.writes.filter(isOthers);
    this.leaving.push(answer);
    this.wake();
  }

  private wake(): void {
    this.working ??= this.work();
  }

  /** Prompts and steps take turns. Rows change only here, never between a run and what it was given. */
  private async work(): Promise<void> {
    while (this.reads.length + this.writes.length + this.leaving.length > 0) {
      await setImmediate(); // by now all is there that can go together, and aborts were heard
      for (const answer of this.leaving.splice(0)) this.leave(answer);
      await this.readNext();
      await this.writeNext();
    }
    this.working = undefined; // at once: whoever comes now starts it again
  }

  private leave(answer: Answer<Prompt>): void {
    const [row] = answer.rows;
    if (row !== undefined) this.model.leave(answer.prompt, row, answer.written ?? []);
    this.texts.close(answer);
  }

  private async readNext(): Promise<void> {
    const calls = this.takeAlike();
    this.reading = calls.length;
    await settle(calls, async () => {
      try {
        const prompts = calls.map(({ input }) => input);
        const wanted = calls.map((call) => call.wanted);
        const next = await this.model.read(prompts, wanted);
        for (const { answer } of calls) this.texts.adopt(answer);
        return next;
      } finally {
        this.texts.drop();
        this.reading = 0;
      }
    });
  }

  /** The oldest, and others about as long. */
  private takeAlike() {
    const lengths = this.reads.map(({ input }) => this.model.positionsOf(input));
    const [length = 0] = lengths;
    const isAlike = (other: number) => Math.max(length, other) <= MAX_FILLING * Math.min(length, other);
    const atOnce = Math.max(1, Math.floor(MAX_POSITIONS / length));
    const calls = this.reads.filter((_, at) => isAlike(lengths[at] ?? 0)).slice(0, atOnce);
    this.reads = this.reads.filter((call) => !calls.includes(call));
    return calls;
  }

  private async writeNext(): Promise<void> {
    const calls = this.writes.splice(0);
    await settle(calls, async () => {
      for (const { answer, input } of calls) this.texts.branch(answer, input);
      const ids = new Array<number | undefined>(this.texts.count).fill(undefined);
      const all = new Array<Wanted>(this.texts.count).fill('likeliest');
      for (const { answer, input, wanted } of calls) {
        for (const [text, row] of answer.rows.entries()) {
          ids[row] = input[text]?.id;
          all[row] = wanted;
        }
      }
      const next = await this.model.write(ids, all);
      for (const { answer, input } of calls) {
        const [only, ...others] = input;
        answer.written = only && others.length === 0 ? answer.written?.concat(only.id) : undefined;
      }
      return calls.map(({ answer }) => answer.rows.map((row) => next[row] as NextToken));
    });
  }
}

const logitsOf = ({ logits }: NextToken) => logits as Float32Array;
const likeliestOf = ({ likeliest }: NextToken) => likeliest as Choice;

/** One run for all: what it gives each, or why it gives nothing. */
async function settle<Output>(
  calls: readonly Waiting<Output>[],
  run: () => Promise<readonly Output[]>,
): Promise<void> {
  if (calls.length === 0) return;
  try {
    const outputs = await run();
    for (const [at, { resolve }] of calls.entries()) resolve(outputs[at] as Output);
  } catch (error) {
    for (const { reject } of calls) reject(error);
  }
}
