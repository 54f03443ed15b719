// The part of config.json that every kind of BLIP-2 checkpoint has: vision encoder, Q-Former and learned queries.
import { z } from 'zod';
import { CheckpointError } from '../errors.ts';
import { requireJson } from './json-file.ts';

const ACTIVATIONS = [
  'gelu',
  'gelu_new',
  'gelu_fast',
  'gelu_python',
  'gelu_pytorch_tanh',
  'quick_gelu',
  'relu',
  'silu',
  'swish',
  'tanh',
] as const;
export type Activation = (typeof ACTIVATIONS)[number];

export const count = z.int().positive();
export const epsilon = z.number().positive();
export const activation = z.enum(ACTIVATIONS);
/** Sides may be written as one number or as a pair; pictures and patches are square. */
const squareSide = z
  .union([count, z.tuple([count, count])])
  .refine((side) => typeof side === 'number' || side[0] === side[1], 'only squares are supported')
  .transform((side) => (typeof side === 'number' ? side : side[0]));

const vision = z.object({
  hiddenSize: count.default(1408),
  intermediateSize: count.default(6144),
  numHiddenLayers: count.default(39),
  numAttentionHeads: count.default(16),
  imageSize: squareSide.default(224),
  patchSize: squareSide.default(14),
  hiddenAct: activation.default('gelu'),
  layerNormEps: epsilon.default(1e-6),
  qkvBias: z.boolean().default(true),
});

export const qformer = z.object({
  hiddenSize: count.default(768),
  numHiddenLayers: count.default(12),
  numAttentionHeads: count.default(12),
  intermediateSize: count.default(3072),
  hiddenAct: activation.default('gelu'),
  layerNormEps: epsilon.default(1e-12),
  crossAttentionFrequency: count.default(2),
});

/** Fields of the top level. */
export const pictureFields = {
  numQueryTokens: count.default(32),
  visionConfig: vision.prefault({}),
  qformerConfig: qformer.prefault({}),
};

export type VisionConfig = z.infer<typeof vision>;
export type QFormerConfig = z.infer<typeof qformer>;

/** @throws CheckpointError when there is no config.json of BLIP-2 */
export async function readBlip2Json(folder: string): Promise<Record<string, unknown>> {
  const raw = await requireJson(folder, 'config.json', 'Point at a folder written by save_pretrained.');
  if (raw.model_type === 'blip-2') return raw;
  throw new CheckpointError(
    `config.json: model_type is ${JSON.stringify(raw.model_type)}. Use a "blip-2" checkpoint.`,
  );
}

/** @throws CheckpointError when sizes don't go together */
export function checkPicture(config: { visionConfig: VisionConfig; qformerConfig: QFormerConfig }): void {
  checkHeads('vision_config', config.visionConfig);
  checkHeads('qformer_config', config.qformerConfig);
  checkSizes(config.visionConfig);
}

export function checkHeads(part: string, config: { hiddenSize: number; numAttentionHeads: number }): void {
  const { hiddenSize, numAttentionHeads } = config;
  if (hiddenSize % numAttentionHeads === 0) return;
  throw new CheckpointError(
    `config.json: ${part}.hidden_size ${hiddenSize} is not a multiple of num_attention_heads ${numAttentionHeads}. Correct one of them.`,
  );
}

function checkSizes({ imageSize, patchSize }: VisionConfig): void {
  if (patchSize > imageSize) {
    throw new CheckpointError(
      `config.json: vision_config.patch_size ${patchSize} is larger than image_size ${imageSize}. Correct one of them.`,
    );
  }
}
