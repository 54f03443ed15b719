// The decoder that a checkpoint has: OPT or T5.
import type { Checkpoint } from '../checkpoint/checkpoint.ts';
import type { DecoderForm, DecoderPlan } from './decoder.ts';
import { planOptDecoder } from './opt.ts';
import { planT5Decoder } from './t5.ts';

/**
 * @param root the folder that the locations of weights are relative to
 * @throws CheckpointError when a tensor is missing or has another shape
 */
export function planDecoder(checkpoint: Checkpoint, root: string, form: DecoderForm): DecoderPlan {
  const { textConfig } = checkpoint.config;
  return textConfig.modelType === 'opt'
    ? planOptDecoder(checkpoint, textConfig, root, form)
    : planT5Decoder(checkpoint, textConfig, root, form);
}
