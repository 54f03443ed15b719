// How a file that `blipcord quantize` wrote holds the matrices of linear layers, and what it says of itself.
import { z } from 'zod';
import { CheckpointError, UnusableFileError } from '../errors.ts';
import { PART_TYPES, type SettledRecipe } from '../quantise/parts.ts';
import { BLOCK_SIZES, type BlockSize, blockSides } from '../quantise/quantise-blocks.ts';
import type { CodeType, SafetensorsFile, TensorLocation, WeightType } from './safetensors.ts';

interface Located<Type extends WeightType | CodeType> extends TensorLocation {
  readonly dtype: Type;
}

/** For MatMulNBits; see quantise/quantise-blocks.ts. */
export interface BlockMatrix {
  readonly scheme: 'blocks';
  readonly name: string;
  readonly bits: 4 | 8;
  readonly blockSize: BlockSize;
  readonly values: Located<'U8'>;
  readonly scales: Located<'F32'>;
  readonly zeroPoints?: Located<'U8'>;
}

/** For products of integers; see quantise/quantise-columns.ts. */
export interface ColumnMatrix {
  readonly scheme: 'columns';
  readonly name: string;
  readonly values: Located<'I8'>;
  readonly scales: Located<'F32'>;
}

export type QuantisedMatrix = BlockMatrix | ColumnMatrix;

/** What the tensors that stand for a quantised one are called. */
export const quantisedNames = (name: string) =>
  ({ values: `${name}.values`, scales: `${name}.scales`, zeroPoints: `${name}.zero_points` }) as const;

/** What a file says of itself. */
export interface Quantisation extends SettledRecipe {
  /** Of the weights that it was made from: weightsFingerprint. */
  readonly source: string;
  /** Of the files of those, when they were read: filesState. Earlier files don't tell. */
  readonly sourceState?: string | undefined;
}

const VERSION = 1;
const METADATA_KEY = 'blipcord';
const quantisation = z.object({
  version: z.literal(VERSION),
  source: z.string(),
  sourceState: z.string().optional(),
  weights: z.enum(['f16', 'int8', 'int4']),
  parts: z.record(z.enum(['vision', 'qformer', 'decoder', 'head', 'embeddings']), z.enum(PART_TYPES)),
  blockSize: z.literal(BLOCK_SIZES),
});

/** For the metadata of a .safetensors file, whose values are texts. */
export const describeQuantisation = (described: Quantisation): Record<string, string> => ({
  format: 'pt',
  [METADATA_KEY]: JSON.stringify({ version: VERSION, ...described }),
});

/** @throws UnusableFileError for a file of another making */
export function readQuantisation({
  file,
  metadata,
}: Pick<SafetensorsFile, 'file' | 'metadata'>): Quantisation {
  try {
    const { version: _, ...described } = quantisation.parse(JSON.parse(String(metadata[METADATA_KEY])));
    return described;
  } catch (error) {
    throw new UnusableFileError(`${file} was not made by this version of blipcord.`, { cause: error });
  }
}

/**
 * @param name of a matrix (out, in)
 * @returns undefined where the file holds it as it is, or not at all
 * @throws CheckpointError where the file's own tensors don't fit the matrix or each other
 */
export function findQuantised(
  tensors: ReadonlyMap<string, TensorLocation>,
  name: string,
  [out, width]: readonly [out: number, width: number],
  blockSize: BlockSize,
): QuantisedMatrix | undefined {
  const names = quantisedNames(name);
  const values = tensors.get(names.values);
  if (values === undefined) return undefined;
  const need = <Type extends CodeType | WeightType>(part: string, dtype: Type, shape: readonly number[]) =>
    needed(tensors, part, dtype, shape, values.file);
  if (values.dtype === 'I8') {
    return {
      scheme: 'columns',
      name,
      values: need(names.values, 'I8', [width, out]),
      scales: need(names.scales, 'F32', [out]),
    };
  }
  const bits = (values.shape[2] ?? 0) * 8 === blockSize * 4 ? 4 : 8;
  const sides = blockSides(out, width, { bits, blockSize });
  return {
    scheme: 'blocks',
    name,
    bits,
    blockSize,
    values: need(names.values, 'U8', sides.values),
    scales: need(names.scales, 'F32', sides.scales),
    ...(tensors.has(names.zeroPoints) && { zeroPoints: need(names.zeroPoints, 'U8', sides.zeroPoints) }),
  };
}

function needed<Type extends CodeType | WeightType>(
  tensors: ReadonlyMap<string, TensorLocation>,
  name: string,
  dtype: Type,
  shape: readonly number[],
  file: string,
): Located<Type> {
  const found = tensors.get(name);
  if (found?.dtype === dtype && String(found.shape) === String(shape)) return { ...found, dtype };
  const has = found === undefined ? 'it is not there' : `it is ${found.dtype} [${found.shape.join(', ')}]`;
  throw new CheckpointError(
    `${file}: config.json asks for ${name} as ${dtype} [${shape.join(', ')}], but ${has}. Use the config.json that was saved with these weights, or make the file again with blipcord quantize.`,
  );
}
