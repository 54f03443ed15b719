// config.json of a BLIP-2 checkpoint, with the defaults that transformers fills in for absent fields.
import { join } from 'node:path';
import { z } from 'zod';
import { CheckpointError } from '../errors.ts';
import { parseFields, requireJson } from './json-file.ts';

export const ACTIVATIONS = [
  'gelu',
  'gelu_new',
  'gelu_fast',
  'gelu_pytorch_tanh',
  'quick_gelu',
  'relu',
  'silu',
  'swish',
] as const;
export type Activation = (typeof ACTIVATIONS)[number];

const count = z.int().positive();
const epsilon = z.number().positive();
const activation = z.enum(ACTIVATIONS);
const tokenId = z.int().nonnegative();
/** One id, a list of them, or none. */
export const tokenIds = z
  .union([tokenId, z.array(tokenId), z.null()])
  .transform((ids): readonly number[] => (ids === null ? [] : [ids].flat()));
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

const qformer = z.object({
  hiddenSize: count.default(768),
  numHiddenLayers: count.default(12),
  numAttentionHeads: count.default(12),
  intermediateSize: count.default(3072),
  hiddenAct: activation.default('gelu'),
  layerNormEps: epsilon.default(1e-12),
  crossAttentionFrequency: count.default(2),
});

const opt = z.object({
  modelType: z.literal('opt').default('opt'),
  vocabSize: count.default(50272),
  hiddenSize: count.default(768),
  numHiddenLayers: count.default(12),
  numAttentionHeads: count.default(12),
  ffnDim: count.default(3072),
  maxPositionEmbeddings: count.default(2048),
  doLayerNormBefore: z.boolean().default(true),
  _removeFinalLayerNorm: z.boolean().default(false),
  wordEmbedProjDim: count.nullish(),
  activationFunction: activation.default('relu'),
  enableBias: z.boolean().default(true),
  layerNormElementwiseAffine: z.boolean().default(true),
  tieWordEmbeddings: z.boolean().default(true),
  bosTokenId: tokenId.nullable().default(2),
  eosTokenId: tokenIds.default([2]),
});

const blip2 = z.object({
  numQueryTokens: count.default(32),
  /** The id that stands for one query token. */
  imageTokenIndex: tokenId.nullish(),
  visionConfig: vision.prefault({}),
  qformerConfig: qformer.prefault({}),
  textConfig: opt
    .transform((text) => ({ ...text, wordEmbedProjDim: text.wordEmbedProjDim ?? text.hiddenSize }))
    .prefault({}),
});

export type Blip2Config = z.infer<typeof blip2>;
export type VisionConfig = Blip2Config['visionConfig'];
export type QFormerConfig = Blip2Config['qformerConfig'];
/** A union once there is a second decoder; `modelType` tells them apart. */
export type TextConfig = Blip2Config['textConfig'];
export type OptConfig = TextConfig;

/** @throws CheckpointError naming the field, or the architecture that isn't supported */
export async function readConfig(folder: string): Promise<Blip2Config> {
  const raw = await requireJson(
    folder,
    'config.json',
    'Point at a folder written by Blip2ForConditionalGeneration.save_pretrained.',
  );
  checkArchitecture(raw);
  const config = parseFields(blip2, raw, join(folder, 'config.json')) as Blip2Config;
  checkHeads('vision_config', config.visionConfig);
  checkHeads('qformer_config', config.qformerConfig);
  checkHeads('text_config', config.textConfig);
  checkSizes(config);
  return config;
}

function checkArchitecture(raw: Record<string, unknown>): void {
  const { model_type: model, text_config: text } = raw as { model_type?: string; text_config?: unknown };
  if (model !== 'blip-2') {
    throw new CheckpointError(
      `config.json: model_type is ${JSON.stringify(model)}. Use a "blip-2" checkpoint.`,
    );
  }
  const decoder = (text as { model_type?: string } | undefined)?.model_type ?? 'opt';
  if (decoder !== 'opt') {
    throw new CheckpointError(
      `config.json: text_config.model_type is ${JSON.stringify(decoder)}. Use a checkpoint with an OPT decoder, such as Salesforce/blip2-opt-2.7b.`,
    );
  }
}

function checkHeads(part: string, config: { hiddenSize: number; numAttentionHeads: number }): void {
  const { hiddenSize, numAttentionHeads } = config;
  if (hiddenSize % numAttentionHeads === 0) return;
  throw new CheckpointError(
    `config.json: ${part}.hidden_size ${hiddenSize} is not a multiple of num_attention_heads ${numAttentionHeads}. Correct one of them.`,
  );
}

function checkSizes({ visionConfig, textConfig }: Blip2Config): void {
  const { imageSize, patchSize } = visionConfig;
  if (patchSize > imageSize) {
    throw new CheckpointError(
      `config.json: vision_config.patch_size ${patchSize} is larger than image_size ${imageSize}. Correct one of them.`,
    );
  }
  const { wordEmbedProjDim, hiddenSize } = textConfig;
  if (wordEmbedProjDim > hiddenSize) {
    throw new CheckpointError(
      `config.json: text_config.word_embed_proj_dim ${wordEmbedProjDim} is larger than hidden_size ${hiddenSize}, so that the language projection can't fill the decoder's inputs. Correct one of them.`,
    );
  }
}
