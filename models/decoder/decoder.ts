// What generation needs of a language model; which one it is depends on the checkpoint.
import type { ImageFeatures } from '../backend.ts';
import type { Checkpoint } from '../checkpoint/checkpoint.ts';
import type { Precision } from '../graph/builder.ts';
import type { OpenSession } from '../sessions.ts';
import { planOptDecoder } from './opt.ts';
import { planT5Decoder } from './t5.ts';

export interface Decoder {
  begin(): Decoding;
  /**
   * What penalties take for the beginning of the answer's text, as transformers' `generate` does: a decoder that
   * reads the prompt itself repeats it.
   *
   * @param ids what follows the picture, BOS first
   */
  context(queryTokens: number, ids: readonly number[]): readonly number[];
  close(): Promise<void>;
}

/** One text in the making, or several that begin alike. All logits are (vocabulary), of the token that comes next. */
export interface Decoding {
  /** @param ids what follows the picture, BOS first */
  prefill(features: ImageFeatures, ids: readonly number[]): Promise<Float32Array>;
  /** The only text goes on with this token. */
  step(id: number): Promise<Float32Array>;
  /** Each of these texts goes on with its own token, all in one run; after `prefill` the only parent is 0. */
  branch(beams: readonly Branch[]): Promise<readonly Float32Array[]>;
}

export interface Branch {
  /** Which of the texts of the step before this one goes on from. */
  readonly parent: number;
  readonly id: number;
}

/** A decoder whose tensors are all found and fit; only now are sessions worth opening. */
export interface DecoderPlan {
  open(openSession: OpenSession): Promise<Decoder>;
}

/** @throws CheckpointError when a tensor is missing or has another shape */
export function planDecoder(checkpoint: Checkpoint, root: string, precision: Precision): DecoderPlan {
  const { textConfig } = checkpoint.config;
  return textConfig.modelType === 'opt'
    ? planOptDecoder(checkpoint, textConfig, root, precision)
    : planT5Decoder(checkpoint, textConfig, root, precision);
}
