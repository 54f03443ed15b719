// What generation needs of a language model; which one it is depends on the checkpoint.
import type { ImageFeatures } from '../backend.ts';
import type { Checkpoint } from '../checkpoint/checkpoint.ts';
import type { Precision } from '../graph/builder.ts';
import type { OpenSession } from '../sessions.ts';
import { planOptDecoder } from './opt.ts';
import { planT5Decoder } from './t5.ts';

export interface Decoder {
  begin(): Decoding;
  close(): Promise<void>;
}

/** One text in the making. Both calls give the logits (vocabulary) of the token that comes next. */
export interface Decoding {
  /** @param ids what follows the picture, BOS first */
  prefill(features: ImageFeatures, ids: readonly number[]): Promise<Float32Array>;
  step(id: number): Promise<Float32Array>;
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
