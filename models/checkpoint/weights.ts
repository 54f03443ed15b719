// The tensors of a checkpoint by name, from one .safetensors file or from shards with an index.
import { access, readdir, realpath } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { CheckpointError } from '../errors.ts';
import { readJson } from './json-file.ts';
import {
  isWeightType,
  readSafetensors,
  type SafetensorsFile,
  type TensorLocation,
  type WeightType,
} from './safetensors.ts';

export interface WeightLocation extends TensorLocation {
  readonly dtype: WeightType;
}

const SINGLE = 'model.safetensors';
const INDEX = 'model.safetensors.index.json';
const index = z.object({ weight_map: z.record(z.string(), z.string()) });

export class Weights {
  readonly files: readonly SafetensorsFile[];
  private readonly folder: string;
  private readonly tensors: ReadonlyMap<string, TensorLocation>;

  constructor(folder: string, files: readonly SafetensorsFile[]) {
    this.folder = folder;
    this.files = files;
    this.tensors = new Map(files.flatMap((file) => [...file.tensors]));
  }

  get names(): readonly string[] {
    return [...this.tensors.keys()];
  }

  has(name: string): boolean {
    return this.tensors.has(name);
  }

  allOf(dtype: WeightType): boolean {
    return [...this.tensors.values()].every((tensor) => tensor.dtype === dtype);
  }

  /** @throws CheckpointError when it is missing, or has another shape or an unsupported type */
  get(name: string, shape: readonly number[]): WeightLocation {
    const tensor = this.tensors.get(name);
    if (tensor === undefined) {
      throw new CheckpointError(
        `${this.folder} has no tensor ${name} of shape [${shape.join(', ')}]. Save the whole model with save_pretrained, and check that config.json belongs to it.`,
      );
    }
    const { dtype } = tensor;
    if (!isWeightType(dtype)) {
      throw new CheckpointError(
        `${tensor.file}: ${name} is of type ${dtype}. Convert the checkpoint to F32, F16 or BF16.`,
      );
    }
    if (tensor.shape.length !== shape.length || tensor.shape.some((side, axis) => side !== shape[axis])) {
      throw new CheckpointError(
        `${tensor.file}: ${name} has shape [${tensor.shape.join(', ')}], but config.json asks for [${shape.join(', ')}]. Use the config.json that was saved with these weights.`,
      );
    }
    return { ...tensor, dtype };
  }
}

/**
 * Reads headers only. Symbolic links, as the Hub's cache has them, are followed.
 *
 * @throws CheckpointError when files are missing or damaged
 */
export async function readWeights(folder: string): Promise<Weights> {
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
  const pickled = (await readdir(folder)).find((name) => /^pytorch_model.*\.bin/.test(name));
  return new CheckpointError(
    pickled === undefined
      ? `${folder} has neither ${SINGLE} nor ${INDEX}. Download the weights.`
      : `${folder} has its weights only as pickles (${pickled}), which are not read here. Load it with transformers and save it again with save_pretrained(safe_serialization=True).`,
  );
}

async function exists(path: string): Promise<boolean> {
  return access(path).then(
    () => true,
    () => false,
  );
}
