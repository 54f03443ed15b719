// config.json of a BLIP-2 checkpoint that matches pictures and texts: its Q-Former reads text as well.
import { join } from 'node:path';
import { z } from 'zod';
import { type Blip2Config, readConfig } from './config.ts';
import { parseFields } from './json-file.ts';
import { checkKind, kindOf } from './kind.ts';
import { checkPicture, count, pictureFields, qformer, readBlip2Json } from './picture-config.ts';

const retrieval = z.object({
  ...pictureFields,
  qformerConfig: qformer
    .extend({ vocabSize: count.default(30522), maxPositionEmbeddings: count.default(512) })
    .prefault({}),
  /** Numbers in an embedding. */
  imageTextHiddenSize: count.default(256),
});

export type RetrievalConfig = z.infer<typeof retrieval>;

/** @throws CheckpointError naming the field, or saying that this checkpoint is of the other kind */
export async function readRetrievalConfig(folder: string): Promise<RetrievalConfig> {
  const raw = await readBlip2Json(folder);
  checkKind(raw, 'matches');
  const config = parseFields(retrieval, raw, join(folder, 'config.json')) as RetrievalConfig;
  checkPicture(config);
  return config;
}

/** Whichever of the two kinds the folder holds. */
export async function readAnyConfig(folder: string): Promise<Blip2Config | RetrievalConfig> {
  const kind = kindOf(await readBlip2Json(folder));
  return kind === 'matches' ? readRetrievalConfig(folder) : readConfig(folder);
}
