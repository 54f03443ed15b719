// config.json of a BLIP-2 checkpoint that answers, with the defaults that transformers fills in for absent fields.
import { join } from 'node:path';
import { z } from 'zod';
import { CheckpointError } from '../errors.ts';
import { parseFields } from './json-file.ts';
import { checkKind } from './kind.ts';
import {
  type Activation,
  activation,
  checkHeads,
  checkPicture,
  count,
  epsilon,
  pictureFields,
  readBlip2Json,
} from './picture-config.ts';

const tokenId = z.int().nonnegative();
/** One id, a list of them, or none. */
export const tokenIds = z
  .union([tokenId, z.array(tokenId), z.null()])
  .transform((ids): readonly number[] => (ids === null ? [] : [ids].flat()));

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

/** T5 and Flan-T5; of the fields that transformers derives, those that the file has win. */
const t5 = z.object({
  modelType: z.literal('t5'),
  vocabSize: count.default(32128),
  dModel: count.default(512),
  dKv: count.default(64),
  dFf: count.default(2048),
  numLayers: count.default(6),
  numDecoderLayers: count.nullish(),
  numHeads: count.default(8),
  relativeAttentionNumBuckets: z.int().min(4).default(32),
  relativeAttentionMaxDistance: count.default(128),
  layerNormEpsilon: epsilon.default(1e-6),
  feedForwardProj: z
    .string()
    .regex(/^(gated-)?[^-]+$/, 'must be an activation, or one with "gated-" before it')
    .default('relu'),
  denseActFn: activation.nullish(),
  isGatedAct: z.boolean().nullish(),
  /** A head of its own doesn't depend on it: what the file holds does. */
  tieWordEmbeddings: z.boolean().nullish(),
  scaleDecoderOutputs: z.boolean().nullish(),
  bosTokenId: tokenId.nullable().default(null),
  eosTokenId: tokenIds.default([1]),
  decoderStartTokenId: tokenId.nullish(),
});

const textConfig = z.discriminatedUnion('modelType', [
  opt.transform((text) => ({ ...text, wordEmbedProjDim: text.wordEmbedProjDim ?? text.hiddenSize })),
  t5.transform(({ feedForwardProj, denseActFn, ...text }, context) => {
    const named = feedForwardProj === 'gated-gelu' ? 'gelu_new' : feedForwardProj.replace('gated-', '');
    return {
      ...text,
      hiddenSize: text.dModel,
      numDecoderLayers: text.numDecoderLayers ?? text.numLayers,
      denseActFn: denseActFn ?? parseActivation(named, context),
      isGatedAct: text.isGatedAct ?? feedForwardProj.startsWith('gated-'),
      scaleDecoderOutputs: text.scaleDecoderOutputs ?? text.tieWordEmbeddings !== false,
    };
  }),
]);

const blip2 = z.object({
  ...pictureFields,
  /** The id that stands for one query token. */
  imageTokenIndex: tokenId.nullish(),
  textConfig: z.preprocess((text) => ({ modelType: 'opt', ...(text as object | undefined) }), textConfig),
});

export type Blip2Config = z.infer<typeof blip2>;
/** `modelType` tells them apart. */
export type TextConfig = Blip2Config['textConfig'];
export type OptConfig = Extract<TextConfig, { modelType: 'opt' }>;
export type T5Config = Extract<TextConfig, { modelType: 't5' }>;

/** Of the rows that go into the language model: a word's or a query token's. */
export const inputWidth = (text: TextConfig): number =>
  text.modelType === 'opt' ? text.wordEmbedProjDim : text.dModel;

/** @throws CheckpointError naming the field, or the architecture that isn't supported */
export async function readConfig(folder: string): Promise<Blip2Config> {
  const raw = await readBlip2Json(folder);
  checkKind(raw, 'answers');
  checkDecoder(raw);
  const config = parseFields(blip2, raw, join(folder, 'config.json')) as Blip2Config;
  checkPicture(config);
  if (config.textConfig.modelType === 'opt') checkOpt(config.textConfig);
  else checkT5(config.textConfig);
  checkStart(config.textConfig);
  return config;
}

function checkDecoder({ text_config: text }: Record<string, unknown>): void {
  const decoder = (text as { model_type?: string } | undefined)?.model_type ?? 'opt';
  if (decoder !== 'opt' && decoder !== 't5') {
    throw new CheckpointError(
      `config.json: text_config.model_type is ${JSON.stringify(decoder)}. Use a checkpoint with an OPT or T5 language model, such as Salesforce/blip2-opt-2.7b or Salesforce/blip2-flan-t5-xl.`,
    );
  }
}

/** What an empty prompt is replaced by has to be a word. */
function checkStart({ bosTokenId, vocabSize }: TextConfig): void {
  if (bosTokenId === null || bosTokenId < vocabSize) return;
  throw new CheckpointError(
    `config.json: text_config.bos_token_id ${bosTokenId} is beyond vocab_size ${vocabSize}. Correct one of them.`,
  );
}

function checkOpt(config: OptConfig): void {
  checkHeads('text_config', config);
  const { wordEmbedProjDim, hiddenSize } = config;
  if (wordEmbedProjDim > hiddenSize) {
    throw new CheckpointError(
      `config.json: text_config.word_embed_proj_dim ${wordEmbedProjDim} is larger than hidden_size ${hiddenSize}, so that the language projection can't fill the decoder's inputs. Correct one of them.`,
    );
  }
}

/** The distances between half the buckets and the largest are spread over the other half. */
function checkT5({ relativeAttentionNumBuckets: buckets, relativeAttentionMaxDistance: farthest }: T5Config) {
  if (farthest > buckets / 2) return;
  throw new CheckpointError(
    `config.json: text_config.relative_attention_max_distance ${farthest} is not above half of relative_attention_num_buckets ${buckets}. Correct one of them.`,
  );
}

function parseActivation(name: string, context: z.RefinementCtx): Activation {
  const parsed = activation.safeParse(name);
  if (parsed.success) return parsed.data;
  context.addIssue({
    code: 'custom',
    path: ['feedForwardProj'],
    message: `"${name}" is no activation known here`,
  });
  return z.NEVER;
}
