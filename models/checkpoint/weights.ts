// The tensors of a checkpoint by name, in one file or in several.
import { CheckpointError } from '../errors.ts';
import {
  findQuantised,
  type Quantisation,
  type QuantisedMatrix,
  quantisedNames,
} from './quantised-matrix.ts';
import { isWeightType, type SafetensorsFile, type TensorLocation, type WeightType } from './safetensors.ts';

export interface WeightLocation extends TensorLocation {
  readonly dtype: WeightType;
}

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

  /**
   * Whether the CPU can use them as they lie in the file. What no graph reads doesn't count where its type is none of a
   * weight's, as that of the `position_ids` that old versions of transformers wrote; quantised ones are packed.
   */
  get canBeMapped(): boolean {
    return this.quantisation === undefined && this.storedIn === 'f32';
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
