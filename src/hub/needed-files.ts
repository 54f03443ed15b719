// Which files of a repository the engine reads: configurations, the tokenizer, and weights as safetensors.
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { WeightPrecision } from '../../models/backend.ts';
import { arePassing } from '../../models/checkpoint/passing-weights.ts';
import { quantisedFile } from '../../models/checkpoint/quantised-weights.ts';
import { weightPrecisions } from '../../models/weight-choices.ts';
import { HubError } from './hub-error.ts';

const WEIGHTS = 'model.safetensors';
const WEIGHTS_INDEX = 'model.safetensors.index.json';
const REQUIRED = ['config.json', 'tokenizer.json'];
/** Of transformers 4 and 5: one of them is needed. */
const PROCESSORS = ['preprocessor_config.json', 'processor_config.json'];
const OPTIONAL = ['generation_config.json', 'tokenizer_config.json'];
const PICKLE = /^pytorch_model.*\.bin$/;

/**
 * All that is needed but the weights: small, and to be fetched first.
 *
 * @param names the repository's files
 * @throws HubError for a repository that can't be used, with the reason and the remedy
 */
export function smallFiles(names: readonly string[], model: string): string[] {
  const has = (name: string) => names.includes(name);
  const absent = REQUIRED.find((name) => !has(name));
  if (absent !== undefined || !PROCESSORS.some(has)) {
    throw new HubError(
      `${model} has no ${absent ?? PROCESSORS.join(' or ')}. Load model and processor with transformers, save both with save_pretrained into one folder, and name that with --model.`,
    );
  }
  if (!has(WEIGHTS) && !has(WEIGHTS_INDEX)) throw new HubError(noWeights(names, model));
  const wanted = [...REQUIRED, ...PROCESSORS, ...OPTIONAL, ...(has(WEIGHTS) ? [] : [WEIGHTS_INDEX])];
  return wanted.filter(has);
}

/** @param folder holds the index, where the weights come in shards */
export function weightFiles(folder: string, names: readonly string[]): string[] {
  return names.includes(WEIGHTS) ? [WEIGHTS] : shardsOf(folder);
}

/** What a folder lacks to be loaded: so a model that was fetched in part, or by other means, is told apart. */
export function missingFiles(folder: string): string[] {
  const has = (name: string) => existsSync(join(folder, name)); // false for links to what isn't there
  const required = REQUIRED.filter((name) => !has(name));
  const processor = PROCESSORS.some(has) ? [] : PROCESSORS.slice(0, 1);
  return [...required, ...processor, ...missingWeights(folder, has)];
}

/** `stored`: those that the model came with, all of them, and to stay; the others blipcord wrote: see models/quantise. */
export type WeightsHere = 'stored' | WeightPrecision;

export function weightsHere(folder: string): WeightsHere[] {
  const has = (name: string) => existsSync(join(folder, name));
  const stored = !arePassing(folder) && missingStored(folder, has).length === 0;
  return [...(stored ? (['stored'] as const) : []), ...quantisedHere(has)];
}

/** The files of weights that the model came with which are there, whether those are all or not. */
export function storedHere(folder: string): string[] {
  if (!existsSync(folder)) return [];
  const stored = [WEIGHTS, ...(existsSync(join(folder, WEIGHTS_INDEX)) ? shardsOf(folder) : [])];
  return readdirSync(folder).filter((name) => stored.includes(name));
}

/** Quantised ones do as well. */
function missingWeights(folder: string, has: (name: string) => boolean): string[] {
  return quantisedHere(has).length > 0 ? [] : missingStored(folder, has);
}

const quantisedHere = (has: (name: string) => boolean) =>
  weightPrecisions.filter((weights) => has(quantisedFile(weights)));

function missingStored(folder: string, has: (name: string) => boolean): string[] {
  if (has(WEIGHTS)) return [];
  if (!has(WEIGHTS_INDEX)) return [WEIGHTS];
  try {
    return shardsOf(folder).filter((name) => !has(name));
  } catch {
    return [WEIGHTS_INDEX]; // it isn't what it should be
  }
}

function shardsOf(folder: string): string[] {
  try {
    const { weight_map: map } = JSON.parse(readFileSync(join(folder, WEIGHTS_INDEX), 'utf8'));
    return [...new Set(Object.values(map as Record<string, string>))].sort();
  } catch (error) {
    throw new HubError(`${join(folder, WEIGHTS_INDEX)} can't be read. Remove the model and pull it again.`, {
      cause: error,
    });
  }
}

function noWeights(names: readonly string[], model: string): string {
  const pickle = names.find((name) => PICKLE.test(name));
  const have =
    pickle === undefined
      ? `${model} has no weights as ${WEIGHTS}`
      : `${model} has its weights only as pickles (${pickle}), which can run any code and are not read here`;
  return `${have}. Load it with transformers, save it with save_pretrained(safe_serialization=True), and name that folder with --model.`;
}
