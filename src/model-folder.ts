// Finds the checkpoint that a person named: one that comes with the package, a folder of their own, or a pulled one.
import { existsSync, readdirSync, statSync } from 'node:fs';
import { isAbsolute, join, resolve } from 'node:path';
import { weightPrecisions } from '../models/weight-choices.ts';
import { findSnapshot } from './hub/hub-cache.ts';
import { formatModelId, type ModelId, parseModelId } from './hub/model-id.ts';
import { UsageError } from './usage-error.ts';

export interface FindModelOptions {
  /** The package's `models/`. */
  readonly models: string;
  /** What a relative folder is relative to. */
  readonly from: string;
  /** The hub's cache, where pulled models lie. */
  readonly cache: string;
  /** Which of its weights are asked for. */
  readonly weights?: string | undefined;
}

/**
 * @param model a name such as `emoji`, a folder, or a pulled model's `owner/name@revision`
 * @returns the absolute folder, which holds a config.json
 * @throws UsageError naming the folder and what it lacks
 */
export function findModel(model: string, { models, from, cache, weights }: FindModelOptions): string {
  const embedded = /^[\w.-]+$/.test(model) ? join(models, model) : undefined;
  if (embedded && existsSync(join(embedded, 'config.json'))) return embedded;
  const folder = isAbsolute(model) ? model : resolve(from, model);
  if (!existsSync(folder)) {
    const id = parseModelId(model);
    if (id !== undefined) return findPulled(id, cache, weights);
    throw new UsageError(
      `There is no model "${model}". Name a folder that holds a BLIP-2 checkpoint, or use one of: ${names(models)}.`,
    );
  }
  if (!statSync(folder).isDirectory())
    throw new UsageError(`${folder} is a file. Name the folder it lies in.`);
  if (!existsSync(join(folder, 'config.json'))) {
    throw new UsageError(`${folder} holds no config.json. Name a folder that save_pretrained wrote.`);
  }
  return folder;
}

function findPulled(id: ModelId, cache: string, weights: string | undefined): string {
  const found = findSnapshot(cache, id);
  if (found?.missing.length === 0) return found.folder;
  const name = formatModelId(id);
  const problem = found
    ? `Of the model "${name}", ${found.missing.join(', ')} is missing`
    : `There is neither a folder nor a pulled model "${name}"`;
  const bits = weightPrecisions.some((known) => known === weights) ? ` --weights ${weights}` : '';
  throw new UsageError(`${problem}. Fetch it with: blipcord pull ${name}${bits}`);
}

function names(models: string): string {
  return readdirSync(models)
    .filter((name) => existsSync(join(models, name, 'config.json')))
    .join(', ');
}
