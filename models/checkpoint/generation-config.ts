// generation_config.json: where an answer ends and how long it may grow.
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

/** The EOS comes from generation_config.json; where that names none, from the decoder's own config. */
export async function readGenerationConfig(folder: string, text: TextConfig): Promise<GenerationConfig> {
  const raw = (await readJson(folder, 'generation_config.json')) ?? {};
  const { eosTokenId = [], maxNewTokens } = parseFields(schema, raw, join(folder, 'generation_config.json'));
  return {
    eosTokenIds: eosTokenId.length > 0 ? eosTokenId : text.eosTokenId,
    maxNewTokens: maxNewTokens ?? undefined,
  };
}
