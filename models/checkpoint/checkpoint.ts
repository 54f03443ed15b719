// Everything a Hugging Face folder of BLIP-2 says, checked, with the weights still lying in their files.
import { realpath } from 'node:fs/promises';
import { basename, dirname, resolve } from 'node:path';
import { CheckpointError } from '../errors.ts';
import type { ImageProcessorConfig } from '../preprocess.ts';
import { type Blip2Config, readConfig } from './config.ts';
import { fingerprint } from './fingerprint.ts';
import { type GenerationConfig, readGenerationConfig } from './generation-config.ts';
import { readImageProcessorConfig } from './image-processor-config.ts';
import { loadTokenizer, type PromptTokenizer } from './tokenizer.ts';
import { readWeights, type Weights } from './weights.ts';

export interface Checkpoint {
  /** Absolute. */
  readonly folder: string;
  /** The folder's last name, or, in the hub's cache, the model's. */
  readonly name: string;
  readonly fingerprint: string;
  readonly config: Blip2Config;
  readonly generation: GenerationConfig;
  readonly imageProcessor: ImageProcessorConfig;
  readonly tokenizer: PromptTokenizer;
  readonly weights: Weights;
}

/** @throws CheckpointError naming the file, tensor or field, and the remedy */
export async function readCheckpoint(path: string): Promise<Checkpoint> {
  const folder = resolve(path);
  await realpath(folder).catch((error: unknown) => {
    throw new CheckpointError(`There is no folder ${folder}. Give the folder of a BLIP-2 checkpoint.`, {
      cause: error,
    });
  });
  const config = await readConfig(folder);
  const weights = await readWeights(folder);
  return {
    folder,
    name: nameOf(folder),
    fingerprint: await fingerprint(folder, weights.files),
    config,
    generation: await readGenerationConfig(folder, config.textConfig),
    imageProcessor: await readImageProcessorConfig(folder, config.visionConfig.imageSize),
    tokenizer: await loadTokenizer(folder),
    weights,
  };
}

/** The hub's cache has `models--owner--name/snapshots/commit`. */
function nameOf(folder: string): string {
  const [, owner, name] = /^models--(.+?)--(.+)$/.exec(basename(dirname(dirname(folder)))) ?? [];
  const isSnapshot = name !== undefined && basename(dirname(folder)) === 'snapshots';
  return isSnapshot ? `${owner}/${name}` : basename(folder);
}
