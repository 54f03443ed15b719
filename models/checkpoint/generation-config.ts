// Where an answer ends and how long it may grow: config.json's text_config and generation_config.json.
import { join } from 'node:path';
import { z } from 'zod';
import { type TextConfig, tokenIds } from './config.ts';
import { parseFields, readJson } from './json-file.ts';

export interface GenerationConfig {
  /** Any of these ends the answer. */
  readonly eosTokenIds: readonly number[];
  readonly maxNewTokens: number | undefined;
}

const schema = z.object({ eosTokenId: tokenIds.optional(), maxNewTokens: z.int().positive().nullish() });

/**
 * The EOS is the decoder's own, from text_config; where that names none, generation_config.json's.
 * transformers' Blip2ForConditionalGeneration.generate hands over to language_model.generate, which knows text_config only.
 */
export async function readGenerationConfig(folder: string, text: TextConfig): Promise<GenerationConfig> {
  const raw = (await readJson(folder, 'generation_config.json')) ?? {};
  const { eosTokenId = [], maxNewTokens } = parseFields(schema, raw, join(folder, 'generation_config.json'));
  return {
    eosTokenIds: text.eosTokenId.length > 0 ? text.eosTokenId : eosTokenId,
    maxNewTokens: maxNewTokens ?? undefined,
  };
}
