// What generation needs of a language model; which one it is depends on the checkpoint.
import type { ImageFeatures } from '../backend.ts';
import type { IntegerProducts, Precision } from '../graph/builder.ts';
import type { OpenSession } from '../sessions.ts';
import type { Choice } from './next-token.ts';
import type { PrefixCache } from './prefix-cache.ts';

export interface Decoder {
  /**
   * Steps of all that was begun are taken together.
   * @param signal frees the place in the batch as soon as it aborts; whoever waits gets its reason
   * @param limit how many tokens may follow the prompt, as far as that is known: room is made for them
   */
  begin(signal?: AbortSignal, limit?: number): Decoding;
  /** As `begin`, where the graph chooses each token itself; absent where it doesn't. */
  readonly beginGreedy?: (signal?: AbortSignal, limit?: number) => GreedyDecoding;
  /**
   * A whole answer by its likeliest tokens in one run; absent where the graph can't. Undefined where it is better written
   * step by step: it may become long, or other texts are in the making, with which it then goes on.
   */
  readonly writeAtOnce?: (text: WholeText) => Promise<readonly Choice[] | undefined>;
  /**
   * What penalties take for the beginning of the answer's text, as transformers' `generate` does: a decoder that
   * reads the prompt itself repeats it.
   *
   * @param ids what follows the picture, BOS first
   */
  context(queryTokens: number, ids: readonly number[]): readonly number[];
  close(): Promise<void>;
}

/** What an answer that is written in one run is to be. */
export interface WholeText {
  readonly features: ImageFeatures;
  /** What follows the picture, BOS first. */
  readonly ids: readonly number[];
  /** At most so many tokens, at least one; the token that ends the text is among them. */
  readonly limit: number;
  /** No fewer, save that one. */
  readonly least: number;
  /** Heard until its run begins. */
  readonly signal?: AbortSignal | undefined;
}

/** One text in the making, or several that begin alike. All logits are (vocabulary), of the token that comes next. */
export interface Decoding {
  /** @param ids what follows the picture, BOS first */
  prefill(features: ImageFeatures, ids: readonly number[]): Promise<Float32Array>;
  /** The texts from now on: each goes on by one token. After `prefill` the only parent is 0. */
  step(branches: readonly Branch[]): Promise<readonly Float32Array[]>;
  /** Gives its place in the batch to others. Once is enough, more often is harmless. */
  end(): void;
}

/** One text in the making, which goes on by its likeliest token. */
export interface GreedyDecoding {
  /** @param mayEnd false: of the tokens that don't end it, the likeliest */
  prefill(features: ImageFeatures, ids: readonly number[], mayEnd: boolean): Promise<Choice>;
  step(id: number, mayEnd: boolean): Promise<Choice>;
  /** Gives its place in the batch to others. Once is enough, more often is harmless. */
  end(): void;
}

export interface Branch {
  /** Which of the texts of the step before this one goes on from. */
  readonly parent: number;
  readonly id: number;
}

/** A decoder whose tensors are all found and fit; only now are sessions worth opening. */
export interface DecoderPlan {
  /** @param prefixes where the keys and values of what was read and said are kept for the next prompt */
  open(openSession: OpenSession, prefixes?: PrefixCache): Promise<Decoder>;
}

/** What a decoder's graphs are built for. */
export interface DecoderForm {
  readonly precision: Precision;
  /** Of the device. */
  readonly integers?: IntegerProducts;
  /** Where keys and values lie: `inside` the device's memory, or `outside`, as by default. */
  readonly kept?: 'outside' | 'inside';
  /** Whether the graph can write a whole answer in one run, where keys and values lie outside. */
  readonly atOnce?: boolean;
}
