// Writes a random checkpoint of any size in Hugging Face format, for measuring and testing what can't be downloaded.
import { randomUUID } from 'node:crypto';
import { mkdir, rename, rm, stat, writeFile } from 'node:fs/promises';
import { basename, dirname, join, resolve } from 'node:path';
import { readConfig } from '../checkpoint/config.ts';
import type { WeightType } from '../checkpoint/safetensors.ts';
import { freeBytesAt } from '../disk.ts';
import { CheckpointError } from '../errors.ts';
import { formatBytes } from '../format-bytes.ts';
import { configFiles, type JsonFiles } from './config-files.ts';
import { planTensors } from './plan-tensors.ts';
import { PRESETS, type PresetName } from './presets.ts';
import { randomWeights } from './random-weights.ts';
import { tokenizerFiles } from './tokenizer-files.ts';
import { planShards, shardIndex, totalBytes, writeShard } from './write-shards.ts';

export interface SynthesisOptions {
  readonly like: PresetName;
  /** Must not exist; the folder that it is to lie in must. */
  readonly folder: string;
  readonly dtype: WeightType;
  readonly seed: number;
  readonly signal?: AbortSignal;
  readonly onProgress?: (written: number, total: number) => void;
  /** What a file may hold. Default: 5 GB, as transformers has it. */
  readonly maxShardBytes?: number;
  /** Default: asks the file system. */
  readonly freeBytes?: (folder: string) => Promise<number>;
}

/** Room for the JSON files, in bytes. */
const RESERVE = 16e6;

/**
 * All or nothing: until everything is written it lies in a folder beside, which goes when something fails.
 *
 * @throws CheckpointError when the folder exists, has no place to lie in, or the disk has no room for it
 */
export async function synthesise(options: SynthesisOptions): Promise<void> {
  const folder = resolve(options.folder);
  await checkPlace(folder);
  const partial = join(dirname(folder), `.${basename(folder)}-${randomUUID()}`);
  await mkdir(partial);
  try {
    await write(partial, options);
    await rename(partial, folder);
  } finally {
    await rm(partial, { recursive: true, force: true });
  }
}

async function write(folder: string, options: SynthesisOptions): Promise<void> {
  const { like, dtype, seed, signal, onProgress, maxShardBytes } = options;
  const preset = PRESETS[like];
  await writeJson(folder, { ...configFiles(preset, dtype), ...tokenizerFiles(preset.text) });
  const tensors = planTensors(await readConfig(folder));
  const total = totalBytes(tensors, dtype);
  await checkSpace(folder, total + RESERVE, options.freeBytes);
  const shards = planShards(tensors, dtype, maxShardBytes);
  if (shards.length > 1)
    await writeJson(folder, { 'model.safetensors.index.json': shardIndex(shards, total) });
  const weights = randomWeights(seed, dtype);
  let written = 0;
  const onWritten = (bytes: number) => {
    written += bytes;
    onProgress?.(written, total);
  };
  for (const shard of shards) await writeShard(folder, shard, { dtype, weights, signal, onWritten });
}

async function writeJson(folder: string, files: JsonFiles): Promise<void> {
  for (const [name, value] of Object.entries(files)) {
    await writeFile(join(folder, name), `${JSON.stringify(value, null, 1)}\n`);
  }
}

async function checkPlace(folder: string): Promise<void> {
  if (await exists(folder)) {
    throw new CheckpointError(`${folder} exists already. Name a folder that doesn't, or remove it first.`);
  }
  if (!(await exists(dirname(folder)))) {
    throw new CheckpointError(
      `There is no folder ${dirname(folder)} to put ${basename(folder)} in. Create it first.`,
    );
  }
}

async function checkSpace(folder: string, needed: number, freeBytes = freeBytesAt): Promise<void> {
  const free = await freeBytes(folder);
  if (free >= needed) return;
  throw new CheckpointError(
    `The disk of ${dirname(folder)} has ${formatBytes(free)} free, and ${formatBytes(needed)} are needed. Make room, name a folder on another disk, or choose a smaller type.`,
  );
}

const exists = (path: string) =>
  stat(path).then(
    () => true,
    () => false,
  );
