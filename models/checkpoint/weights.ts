// The tensors of a checkpoint by name, from one .safetensors file or from shards with an index.
import { access, readdir, realpath } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import type { WeightChoice, WeightPrecision } from '../backend.ts';
import { CheckpointError } from '../errors.ts';
import { weightsFingerprint } from './fingerprint.ts';
import { readJson } from './json-file.ts';
import {
  findQuantised,
  type Quantisation,
  type QuantisedMatrix,
  quantisedNames,
  readQuantisation,
} from './quantised-matrix.ts';
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
/** In the order in which one stands in for weights that are not there. */
const PRECISIONS = ['f16', 'int8', 'int4'] as const satisfies readonly WeightPrecision[];
/** The file that `blipcord quantize` writes into the checkpoint's folder. */
export const quantisedFile = (weights: WeightPrecision) => `model.${weights}.safetensors`;
const index = z.object({ weight_map: z.record(z.string(), z.string()) });

export class Weights {
  readonly files: readonly SafetensorsFile[];
  /** Of weights that `blipcord quantize` wrote. */
  readonly quantisation: Quantisation | undefined;
  private readonly folder: string;
  private readonly tensors: ReadonlyMap<string, TensorLocation>;

  constructor(folder: string, files: readonly SafetensorsFile[], quantisation?: Quantisation) {
    this.quantisation = quantisation;
    this.folder = folder;
    this.files = files;
    this.tensors = new Map(files.flatMap((file) => [...file.tensors]));
  }

  get names(): readonly string[] {
    return [...this.tensors.keys()];
  }

  /** Quantised or not. */
  has(name: string): boolean {
    return this.tensors.has(name) || this.tensors.has(quantisedNames(name).values);
  }

  /**
   * The matrix (out, in) of a linear layer, where it is stored quantised.
   * @throws CheckpointError when it has another shape
   */
  quantised(name: string, shape: readonly [out: number, width: number]): QuantisedMatrix | undefined {
    if (this.quantisation === undefined) return undefined;
    return findQuantised(this.tensors, name, shape, this.quantisation.blockSize);
  }

  /** What the checkpoint stores them in, as in `f16`, or `bf16/f32` where several are used: the commonest first. */
  get storedIn(): string {
    const counts = new Map<string, number>();
    for (const { dtype } of this.tensors.values()) {
      if (isWeightType(dtype)) counts.set(dtype, (counts.get(dtype) ?? 0) + 1);
    }
    const types = [...counts].sort(([, a], [, b]) => b - a).map(([dtype]) => dtype.toLowerCase());
    return types.join('/');
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
 * @throws CheckpointError when files are missing or damaged, or quantised ones were made from others than there are
 */
export async function readWeights(folder: string, choice: WeightChoice = 'auto'): Promise<Weights> {
  if (choice !== 'auto') return readQuantisedWeights(folder, choice);
  if (await hasStoredWeights(folder)) return readStoredWeights(folder);
  for (const weights of PRECISIONS) {
    if (await exists(join(folder, quantisedFile(weights)))) return readQuantisedWeights(folder, weights);
  }
  return readStoredWeights(folder); // and says what is missing
}

async function readQuantisedWeights(folder: string, weights: WeightPrecision): Promise<Weights> {
  const again = `blipcord quantize ${folder} --weights ${weights}`;
  const path = join(folder, quantisedFile(weights));
  if (!(await exists(path))) {
    throw new CheckpointError(`${folder} has no weights in ${weights}. Make them: ${again}`);
  }
  const file = await readSafetensors(await realpath(path));
  const quantisation = readQuantisation(file);
  if (await hasStoredWeights(folder)) {
    const { files } = await readStoredWeights(folder);
    if ((await weightsFingerprint(files)) !== quantisation.source) {
      throw new CheckpointError(
        `${path} was made from other weights than lie beside it now. Make it again: ${again}`,
      );
    }
  }
  return new Weights(folder, [file], quantisation);
}

/** Whether the checkpoint's own weights are there, all of them. */
export async function hasStoredWeights(folder: string): Promise<boolean> {
  if (await exists(join(folder, SINGLE))) return true;
  if (!(await exists(join(folder, INDEX)))) return false;
  const shards = (await shardNames(folder)).map((name) => exists(join(folder, name)));
  return (await Promise.all(shards)).every(Boolean);
}

/** The checkpoint's own. Throws as `readWeights` does. */
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
