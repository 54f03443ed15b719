// Finds the checkpoint that a person named: one that comes with the package, or a folder of their own.
import { existsSync, readdirSync, statSync } from 'node:fs';
import { isAbsolute, join, resolve } from 'node:path';
import { UsageError } from './usage-error.ts';

export interface FindModelOptions {
  /** The package's `models/`. */
  readonly models: string;
  /** What a relative folder is relative to. */
  readonly from: string;
}

/**
 * @param model a name such as `emoji`, or a folder
 * @returns the absolute folder, which holds a config.json
 * @throws UsageError naming the folder and what it lacks
 */
export function findModel(model: string, { models, from }: FindModelOptions): string {
  const embedded = /^[\w.-]+$/.test(model) ? join(models, model) : undefined;
  if (embedded && existsSync(join(embedded, 'config.json'))) return embedded;
  const folder = isAbsolute(model) ? model : resolve(from, model);
  if (!existsSync(folder)) {
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

function names(models: string): string {
  return readdirSync(models)
    .filter((name) => existsSync(join(models, name, 'config.json')))
    .join(', ');
}
