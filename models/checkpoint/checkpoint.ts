// Everything a Hugging Face folder of BLIP-2 says, checked, with the weights still lying in their files.
import { realpath } from 'node:fs/promises';
import { basename, resolve } from 'node:path';
import type { WeightChoice } from '../backend.ts';
import { CheckpointError } from '../errors.ts';
import type { ImageProcessorConfig } from '../preprocess.ts';
import { checkLayers } from './check-layers.ts';
import { type Blip2Config, readConfig } from './config.ts';
import { fingerprint } from './fingerprint.ts';
import { type GenerationConfig, readGenerationConfig } from './generation-config.ts';
import { readImageProcessorConfig } from './image-processor-config.ts';
import { pulledFolder } from './pulled-folder.ts';
import { readWeights } from './read-weights.ts';
import { type RetrievalConfig, readRetrievalConfig } from './retrieval-config.ts';
import { loadTextTokenizer, loadTokenizer, type PromptTokenizer, type TextTokenizer } from './tokenizer.ts';
import type { Weights } from './weights.ts';

/** What the folders of both kinds hold. */
export interface StoredModel {
  /** Absolute. */
  readonly folder: string;
  /** The folder's last name, or, in the hub's cache, the model's. */
  readonly name: string;
  readonly fingerprint: string;
  readonly imageProcessor: ImageProcessorConfig;
  readonly weights: Weights;
}

/** One that answers. */
export interface Checkpoint extends StoredModel {
  readonly config: Blip2Config;
  readonly generation: GenerationConfig;
  readonly tokenizer: PromptTokenizer;
}

/** One that matches pictures and texts. */
export interface RetrievalCheckpoint extends StoredModel {
  readonly config: RetrievalConfig;
  readonly tokenize: TextTokenizer;
}

/** @throws CheckpointError naming the file, tensor or field, and the remedy */
export async function readCheckpoint(path: string, weights?: WeightChoice): Promise<Checkpoint> {
  const folder = await existing(path);
  const config = await readConfig(folder);
  return {
    ...(await readStored(folder, config, weights)),
    config,
    generation: await readGenerationConfig(folder, config.textConfig),
    tokenizer: await loadTokenizer(folder),
  };
}

/** @throws CheckpointError naming the file, tensor or field, and the remedy */
export async function readRetrievalCheckpoint(
  path: string,
  weights?: WeightChoice,
): Promise<RetrievalCheckpoint> {
  const folder = await existing(path);
  const config = await readRetrievalConfig(folder);
  const stored = await readStored(folder, config, weights);
  const { vocabSize, hiddenSize } = config.qformerConfig;
  // Before its tokenizer is read: a checkpoint that answers has another, and no such table.
  stored.weights.get('embeddings.word_embeddings.weight', [vocabSize, hiddenSize]);
  return {
    ...stored,
    config,
    tokenize: await loadTextTokenizer(folder, config.qformerConfig.vocabSize),
  };
}

async function existing(path: string): Promise<string> {
  const folder = resolve(path);
  await realpath(folder).catch((error: unknown) => {
    throw new CheckpointError(`There is no folder ${folder}. Give the folder of a BLIP-2 checkpoint.`, {
      cause: error,
    });
  });
  return folder;
}

async function readStored(
  folder: string,
  config: Blip2Config | RetrievalConfig,
  choice: WeightChoice | undefined,
): Promise<StoredModel> {
  const weights = await readWeights(folder, choice);
  checkLayers(config, weights);
  return {
    folder,
    name: pulledFolder(folder)?.name ?? basename(folder),
    fingerprint: await fingerprint(folder, weights.files),
    imageProcessor: await readImageProcessorConfig(folder, config.visionConfig.imageSize),
    weights,
  };
}
