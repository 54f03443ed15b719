// Where an answer ends and how long it may grow: config.json's text_config and generation_config.json.
import { join } from 'node:path';
import { z } from 'zod';
import { type T5Config, type TextConfig, tokenIds } from './config.ts';
import { parseFields, readJson } from './json-file.ts';

export interface GenerationConfig {
  /** Any of these ends the answer. */
  readonly eosTokenIds: readonly number[];
  readonly maxNewTokens: number | undefined;
  /** What an encoder-decoder's answer begins with; undefined where nothing names it. */
  readonly decoderStartTokenId: number | undefined;
}

const schema = z.object({
  eosTokenId: tokenIds.optional(),
  maxNewTokens: z.int().positive().nullish(),
  decoderStartTokenId: z.int().nonnegative().nullish(),
});

/**
 * The EOS is the decoder's own, from text_config; where that names none, generation_config.json's.
 * transformers' Blip2ForConditionalGeneration.generate hands over to language_model.generate, which knows text_config only.
 */
export async function readGenerationConfig(folder: string, text: TextConfig): Promise<GenerationConfig> {
  const raw = (await readJson(folder, 'generation_config.json')) ?? {};
  const fields = parseFields(schema, raw, join(folder, 'generation_config.json'));
  const { eosTokenId = [], maxNewTokens } = fields;
  return {
    eosTokenIds: text.eosTokenId.length > 0 ? text.eosTokenId : eosTokenId,
    maxNewTokens: maxNewTokens ?? undefined,
    decoderStartTokenId: text.modelType === 't5' ? startOf(text, fields.decoderStartTokenId) : undefined,
  };
}

/** transformers hands T5 its own config alone, and takes the BOS where that names no start. */
const startOf = ({ decoderStartTokenId, bosTokenId }: T5Config, fallback: number | null | undefined) =>
  decoderStartTokenId ?? fallback ?? bosTokenId ?? undefined;
