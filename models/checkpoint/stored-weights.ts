// The weights that a checkpoint came with, in one .safetensors file or in shards with an index.
import { readdir, realpath } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { exists } from '../disk.ts';
import { CheckpointError } from '../errors.ts';
import { readJson } from './json-file.ts';
import { pulledAs } from './pulled-folder.ts';
import { readSafetensors } from './safetensors.ts';
import { Weights } from './weights.ts';

const SINGLE = 'model.safetensors';
const INDEX = 'model.safetensors.index.json';
const index = z.object({ weight_map: z.record(z.string(), z.string()) });

/** Whether the checkpoint's own weights are there, all of them. */
export async function hasStoredWeights(folder: string): Promise<boolean> {
  if (await exists(join(folder, SINGLE))) return true;
  if (!(await exists(join(folder, INDEX)))) return false;
  const shards = (await shardNames(folder)).map((name) => exists(join(folder, name)));
  return (await Promise.all(shards)).every(Boolean);
}

/**
 * Reads headers only. Symbolic links, as the hub's cache has them, are followed.
 *
 * @throws CheckpointError when files are missing or damaged
 */
export async function readStoredWeights(folder: string): Promise<Weights> {
  const names = (await exists(join(folder, SINGLE))) ? [SINGLE] : await shardNames(folder);
  const files = await Promise.all(names.map(async (name) => readSafetensors(await locate(folder, name))));
  return new Weights(folder, files);
}

async function shardNames(folder: string): Promise<string[]> {
  const raw = await readJson(folder, INDEX);
  if (raw === undefined) throw await noWeights(folder);
  const parsed = index.safeParse(raw);
  if (!parsed.success) {
    throw new CheckpointError(`${join(folder, INDEX)} has no weight_map. Download it again.`, {
      cause: parsed.error,
    });
  }
  const names = [...new Set(Object.values(parsed.data.weight_map))].sort();
  const elsewhere = names.find((name) => !isPlainName(name));
  if (elsewhere === undefined) return names;
  throw new CheckpointError(
    `${join(folder, INDEX)} names the file ${JSON.stringify(elsewhere)}. Name only files that lie beside it.`,
  );
}

/** Says no to paths that lead out of the folder, on any platform. */
const isPlainName = (name: string) => /^[^/\\\0]+$/.test(name) && name !== '.' && name !== '..';

async function locate(folder: string, name: string): Promise<string> {
  try {
    return await realpath(join(folder, name));
  } catch (error) {
    throw new CheckpointError(`${folder} has no ${name}, which its index names. Download it.`, {
      cause: error,
    });
  }
}

async function noWeights(folder: string): Promise<CheckpointError> {
  const pulled = pulledAs(folder);
  const remedy = pulled === undefined ? 'Download the weights.' : `Fetch them: blipcord pull ${pulled}`;
  const pickled = (await readdir(folder)).find((name) => /^pytorch_model.*\.bin/.test(name));
  return new CheckpointError(
    pickled === undefined
      ? `${folder} has neither ${SINGLE} nor ${INDEX}. ${remedy}`
      : `${folder} has its weights only as pickles (${pickled}), which are not read here. Load it with transformers and save it again with save_pretrained(safe_serialization=True).`,
  );
}
