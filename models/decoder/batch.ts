// Continuous batching: all texts in the making go on by one token in the same run, and each answer joins and leaves at
// its own step. Yu et al. 2022 (Orca), section 3.1, https://www.usenix.org/conference/osdi22/presentation/yu.
import { setImmediate } from 'node:timers/promises';
import type { ImageFeatures } from '../backend.ts';
import type { Branch, Decoding } from './decoder.ts';
import type { KvCache } from './kv-cache.ts';
import { TextRows, type Texts } from './text-rows.ts';

/** A language model as the batch sees it. */
export interface LanguageModel<Prompt = unknown> {
  /** A text has the same row in each of them. */
  readonly caches: readonly KvCache[];
  /** What is to be read. Nothing runs yet. */
  prompt(features: ImageFeatures, ids: readonly number[]): Prompt;
  /** How many positions a run would read now. */
  positionsOf(prompt: Prompt): number;
  /** Reads all of them in one run, each into the caches' next new row; gives each one's logits. */
  read(prompts: readonly Prompt[]): Promise<readonly Float32Array[]>;
  /** Each row goes on by its token, or rests; gives each one's logits. */
  write(ids: readonly (number | undefined)[]): Promise<readonly Float32Array[]>;
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
}

/** Prompts are filled up to the longest of those that are read together, so none may be longer by more than this. */
const MAX_FILLING = 4 / 3;
/** That prompts may take together in one run, as all others wait for it. */
const MAX_POSITIONS = 1024;

export class Batch<Prompt> {
  private readonly model: LanguageModel<Prompt>;
  private readonly texts: TextRows;
  private reads: Call<Prompt, Prompt, Float32Array>[] = [];
  private writes: Call<Prompt, readonly Branch[], readonly Float32Array[]>[] = [];
  private leaving: Answer<Prompt>[] = [];
  private working: Promise<void> | undefined;

  constructor(model: LanguageModel<Prompt>) {
    this.model = model;
    this.texts = new TextRows(model.caches);
  }

  /** @param signal frees the rows when it aborts; whoever waits for logits gets its reason */
  begin(signal?: AbortSignal): Decoding {
    let answer: Answer<Prompt> | undefined;
    const end = (reason: unknown) => {
      signal?.removeEventListener('abort', abort);
      if (answer) this.end(answer, reason);
      answer = undefined;
    };
    const abort = () => end(signal?.reason);
    signal?.addEventListener('abort', abort);
    return {
      prefill: async (features, ids) => {
        signal?.throwIfAborted();
        const prompt = this.model.prompt(features, ids);
        const begun: Answer<Prompt> = { prompt, rows: [], shared: [], written: [] };
        answer = begun;
        return this.wait((who) => this.reads.push({ answer: begun, input: prompt, ...who }));
      },
      step: async (input) => {
        signal?.throwIfAborted();
        const begun = answer;
        if (begun === undefined) throw new Error('A text goes on only after its prompt and before its end.');
        return this.wait((who) => this.writes.push({ answer: begun, input, ...who }));
      },
      end: () => end(new Error('The answer was ended.')),
    };
  }

  /** Resolves when nobody waits for anything. */
  async idle(): Promise<void> {
    await this.working;
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
    await settle(calls, async () => {
      try {
        const logits = await this.model.read(calls.map(({ input }) => input));
        for (const { answer } of calls) this.texts.adopt(answer);
        return logits;
      } finally {
        this.texts.drop();
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
      for (const { answer, input } of calls) {
        for (const [text, row] of answer.rows.entries()) ids[row] = input[text]?.id;
      }
      const logits = await this.model.write(ids);
      for (const { answer, input } of calls) {
        const [only, ...others] = input;
        answer.written = only && others.length === 0 ? answer.written?.concat(only.id) : undefined;
      }
      return calls.map(({ answer }) => answer.rows.map((row) => logits[row] as Float32Array));
    });
  }
}

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
