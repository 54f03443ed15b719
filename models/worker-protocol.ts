// What the caller's thread and the model's thread tell each other.
import type {
  DeviceChoice,
  EncodeOptions,
  GeneratedToken,
  GenerateRequest,
  Generation,
  ImageFeatures,
  ModelInfo,
  PromptReuse,
  RequestProgress,
  WeightChoice,
} from './backend.ts';
import type { ImageLimits } from './preprocess.ts';
import type { ErrorMessage } from './worker-errors.ts';

export interface WorkerBackendOptions {
  /** A Hugging Face folder. */
  readonly folder: string;
  /** Default `auto`. */
  readonly device?: DeviceChoice;
  /** Default `auto`. */
  readonly weights?: WeightChoice;
  readonly limits?: ImageLimits;
  /** What keys and values of earlier texts may take, kept for prompts that begin alike; 0: none. Default: `prefixRoom`. */
  readonly prefixBytes?: number;
  /** Texts that go on in one run, at least 1; each beam is one. Default 8. */
  readonly textsAtOnce?: number;
  /** Answers that may wait beside those under way, and as many pictures. Default 64. */
  readonly maxWaiting?: number;
}

/** A call's parameters by its kind, without what can't travel. */
export interface Calls {
  encode: Omit<EncodeOptions, 'onProgress' | 'signal'> & { readonly image: Uint8Array };
  generate: Omit<GenerateRequest, 'onProgress' | 'signal'>;
}

export interface Results {
  /** No call: what the thread says by itself, under the id LOADING. */
  load: ModelInfo;
  encode: ImageFeatures;
  generate: Generation;
}

export type CallKind = keyof Calls;

export type ToWorker =
  | { readonly type: 'call'; readonly id: number; readonly call: Call }
  | { readonly type: 'abort'; readonly id: number }
  | { readonly type: 'close' };

export type Call = {
  [Kind in CallKind]: { readonly kind: Kind; readonly parameters: Calls[Kind] };
}[CallKind];

/** The id of the first result or error: whether the model could be loaded. Calls count from 1. */
export const LOADING = 0;

export type FromWorker =
  | { readonly type: 'progress'; readonly id: number; readonly progress: RequestProgress }
  | { readonly type: 'token'; readonly id: number; readonly token: GeneratedToken }
  | {
      readonly type: 'result';
      readonly id: number;
      readonly result: Results[keyof Results];
      readonly reuse?: PromptReuse | undefined;
    }
  | { readonly type: 'error'; readonly id: number; readonly error: ErrorMessage };
