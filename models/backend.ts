// The one seam between the model and the rest of the program: what a loaded BLIP-2 offers, wherever it runs.
import type { Saying } from './saying.ts';

/** What the Q-Former says about one image, in the decoder's own space. */
export interface ImageFeatures {
  /** (queryTokens, width), row-major: the language projection of the Q-Former's output. */
  readonly data: Float32Array;
  readonly queryTokens: number;
  readonly width: number;
  /** Of an animation, the frame that was looked at. */
  readonly frame?: FramePlace;
}

/** A frame of an animation: by its number from 1, or by its place from 0, the first, to 1, the last. */
export type FrameChoice = { readonly number: number } | { readonly place: number };

export interface FramePlace {
  /** From 1. */
  readonly number: number;
  readonly count: number;
}

export type DeviceName = 'cpu' | 'webgpu' | 'cuda' | 'directml' | 'coreml';
/** What a person may ask for: a device by name, of CUDA cards also which, or the best one that works. */
export type DeviceChoice = 'auto' | DeviceName | `cuda:${number}`;

/** What a checkpoint's weights may be kept in beside it, in a file that `blipcord quantize` wrote. */
export type WeightPrecision = 'f16' | 'int8' | 'int4';
/** `auto`: as the checkpoint stores them; where that has been left out, int8, int4 or f16 instead, the first that is there. */
export type WeightChoice = 'auto' | WeightPrecision;

export interface DeviceReport {
  /** The device that really runs the graphs. */
  readonly device: DeviceName;
  /** Which of several cards, where it was asked for. */
  readonly card?: number;
  /**
   * How many nodes of each operator the devices really hold, by the profile of a first run. A device is called by its
   * name here, or else as onnxruntime calls it. Absent where nothing but the CPU was asked for.
   */
  readonly nodes?: Readonly<Record<string, Readonly<Record<string, number>>>>;
  /** Width of weights and activations in the graphs. */
  readonly precision: 'f16' | 'f32';
  /** One sentence for each device that `auto` tried and could not use, and for f16 where that fails. */
  readonly fallbacks: readonly Saying[];
}

export interface ModelInfo {
  /** For people: the folder's last name, or a pulled model's `owner/name`. */
  readonly name: string;
  readonly folder: string;
  /** Changes when the weights or the configuration do; part of every cache key. */
  readonly fingerprint: string;
  readonly device: DeviceReport;
  /** Absent: as the checkpoint stores them. */
  readonly weights?: WeightPrecision;
  /** What the checkpoint stores them in, as in `f32`, or `bf16/f32` where several are used. Absent for quantised ones. */
  readonly storedIn?: string;
  readonly queryTokens: number;
  readonly decoderWidth: number;
  /**
   * Query tokens + BOS + prompt + answer may not exceed it: the positions that the language model has. Where the answer
   * grows apart from the prompt, as in T5, what its encoder reads at most.
   */
  readonly maxPositions: number;
  /**
   * Whether the answer takes room in the same window as query tokens and prompt. False for an encoder-decoder: its
   * encoder reads those, and the answer grows apart from them.
   */
  readonly answerSharesWindow: boolean;
  /** From generation_config.json; undefined where the checkpoint names none. */
  readonly maxNewTokens: number | undefined;
}

/** When a beam search is over: see GenerationOptions. */
export type EarlyStopping = boolean | 'never';

/**
 * How the next token is chosen: by default the likeliest. Names and meaning are those of transformers' `generate`;
 * any of `temperature`, `topK`, `topP` and `seed` draws tokens by chance, which beams exclude.
 */
export interface GenerationOptions {
  /** From 2 on: beam search, whose tokens are yielded as soon as all beams have them. */
  readonly numBeams?: number;
  /**
   * For beams. true: the search ends with as many complete answers as there are beams. 'never': only when no beam can
   * become better than those. false, as by default: when none seems to, judged by its length so far.
   */
  readonly earlyStopping?: EarlyStopping;
  /** Beams are compared by logprob / length ^ this: above 0 favours long answers, below 0 short ones. Default 1. */
  readonly lengthPenalty?: number;
  /** Above 1: tokens of the prompt and the answer become less likely; for OPT the prompt's picture token as well. */
  readonly repetitionPenalty?: number;
  /** No sequence of so many tokens comes twice; 0: any may. For OPT the prompt counts, too. */
  readonly noRepeatNgramSize?: number;
  /** The answer can't end before it has so many tokens, except by a stop string. */
  readonly minNewTokens?: number;
  /** Below 1: likely tokens become likelier still. */
  readonly temperature?: number;
  /** Only the so many likeliest tokens are drawn from; 0, as by default: all. */
  readonly topK?: number;
  /** Only the likeliest tokens that have this share of the probability together are drawn from. */
  readonly topP?: number;
  /** The same seed draws the same tokens. Default: another one each time. */
  readonly seed?: number;
}

/** How many come before a request that waits for its turn. */
export interface Standing {
  /** Those that are being worked on count as well. */
  readonly before: number;
  /** Milliseconds until its turn, as long as things take of late; absent where nothing was measured yet. */
  readonly waitMs?: number;
}

export type RequestProgress =
  /** The model is started anew. */
  { readonly stage: 'loading' } | ({ readonly stage: 'waiting' } & Standing) | { readonly stage: 'working' };

/** How a request is waited for when many come at once. */
export interface RequestOptions {
  /** Whoever asks: those who wait take turns by it, however much each of them asks for. */
  readonly caller?: string;
  /**
   * Milliseconds that may pass, waiting included, before the request fails with a BusyError; above 0, Infinity for as long
   * as it takes. A run under way is not broken off: a picture that was just looked at is handed out, late or not.
   */
  readonly deadlineMs?: number;
  /** Hears of it as often as it changes; must not throw. */
  readonly onProgress?: (progress: RequestProgress) => void;
  readonly signal?: AbortSignal;
}

export interface EncodeOptions extends RequestOptions {
  /** Of a GIF, WebP or PNG that moves. Default: the first that shows something. */
  readonly frame?: FrameChoice;
}

export interface GenerateRequest extends GenerationOptions, RequestOptions {
  readonly features: ImageFeatures;
  /** Passed to the tokenizer as it is; empty for a plain caption (query tokens and BOS alone). */
  readonly prompt: string;
  /** At most; where the decoder has fewer positions left, the answer ends there (`finish: "length"`). */
  readonly maxNewTokens: number;
  /**
   * Nobody reads along: the tokens may come all together at the end, which is quicker where a device hands out all that a
   * run keeps (CUDA). Only greedy answers are written so, and only while there are no others.
   */
  readonly atOnce?: boolean;
  /** Generation ends before the first of these in the answer's text, which then is cut there. */
  readonly stop?: readonly string[];
}

export interface GeneratedToken {
  readonly id: number;
  /** Text that this token made final; may be empty, as in the middle of a character or of a stop string. */
  readonly text: string;
  /**
   * ln of the probability that it was chosen with, after penalties, temperature, top-k and top-p: transformers'
   * `compute_transition_scores` with `normalize_logits=True`, or, for beams, with `False`, so that what a penalty
   * did to a probability remains.
   */
  readonly logprob: number;
}

export interface Generation {
  /** Ids that the model added, up to the EOS and without it. */
  readonly tokens: readonly number[];
  /** The tokens decoded without special tokens, cut at a stop string, trimmed. */
  readonly text: string;
  /** Query tokens + prompt with its BOS (OPT) or EOS (T5): what went into the language model. */
  readonly promptTokens: number;
  readonly finish: 'eos' | 'stop' | 'length';
  /** Sum over the tokens and the EOS that ended them: how sure the model is of the whole answer. */
  readonly logprob: number;
}

/** Of all prompts since the model was opened. */
export interface PromptReuse {
  /** Positions that they have: query tokens and ids. */
  readonly positions: number;
  /** Of those, not read again, as their keys and values were kept. */
  readonly reused: number;
}

/**
 * A loaded BLIP-2 checkpoint. Implementations: `LocalBackend` (this thread; `run` blocks it) and
 * `WorkerBackend` (a worker thread; the caller's event loop stays free).
 */
export interface Backend {
  readonly info: ModelInfo;
  /** Absent where nothing is kept of earlier texts. */
  readonly reuse?: PromptReuse | undefined;
  /** Query tokens + BOS + prompt (T5: prompt + EOS): how many positions `prompt` takes. Synchronous and exact. */
  countPromptTokens(prompt: string): number;
  /** The exact ids that follow the query tokens (OPT: BOS first; T5: EOS last). */
  promptIds(prompt: string): readonly number[];
  /**
   * @param image an encoded image file (JPEG, PNG, WebP, GIF, TIFF, AVIF, ...)
   * @throws ImageError when it can't be read; its message is safe to show to a person
   * @throws RequestError when the deadline is no time
   * @throws FrameError, safe to show as well, when it has no such frame
   * @throws BusyError, safe to show as well, when too many wait already, or at the deadline
   * @throws NumberError when the weights are damaged
   */
  encodeImage(image: Uint8Array, options?: EncodeOptions): Promise<ImageFeatures>;
  /**
   * Yields tokens as they are made (with beams: once all beams agree on them) and returns the whole.
   *
   * @throws RequestError when an option is out of its range or contradicts another, or features aren't this model's
   * @throws BusyError, safe to show to a person, when too many wait already, or at the deadline
   * @throws NumberError when the weights are damaged
   * @throws the signal's reason when it aborts, between two steps
   */
  generate(request: GenerateRequest): AsyncGenerator<GeneratedToken, Generation, void>;
  /** Once is enough, more often is harmless. Encoding and generating throw a ModelError from then on. */
  close(): Promise<void>;
}
