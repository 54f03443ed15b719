// One tensor of a checkpoint to the bytes that stand for it in a quantised file.
import type { FileHandle } from 'node:fs/promises';
import type { TensorLocation } from '../checkpoint/safetensors.ts';
import { CheckpointError } from '../errors.ts';
import { isFiniteF16, toF16 } from '../half-floats.ts';
import type { PlannedTensor } from './plan-storage.ts';
import { type BlockFormat, quantiseBlocks } from './quantise-blocks.ts';
import { quantiseColumns } from './quantise-columns.ts';
import { readAllNumbers, readNumbers } from './read-numbers.ts';

/**
 * The bytes of each of the planned tensors, piece by piece and in their order: an undefined ends each.
 *
 * @throws CheckpointError for a value that is no number, or that f16 can't hold
 */
export async function* convertTensor(
  handle: FileHandle,
  name: string,
  { source, form, tensors }: PlannedTensor,
): AsyncGenerator<Uint8Array | undefined> {
  if (form === 'numbers') yield* convertNumbers(handle, name, source, tensors[0]?.dtype === 'F16');
  else if (form === 'columns') yield* convertColumns(handle, name, source);
  else yield* convertBlocks(handle, name, source, form);
}

async function* convertNumbers(handle: FileHandle, name: string, source: TensorLocation, half: boolean) {
  for await (const numbers of readNumbers(handle, source)) {
    yield bytesOf(half ? halved(numbers, name, source) : numbers);
  }
  yield undefined;
}

async function* convertColumns(handle: FileHandle, name: string, source: TensorLocation) {
  const matrix = await readAllNumbers(handle, source); // as columns are stored, which all rows have a share in
  const { values, scales } = quantiseColumns(matrix, source.shape[1] ?? 1);
  checkScales(scales, name, source);
  for (const part of [values, scales]) {
    yield bytesOf(part);
    yield undefined;
  }
}

async function* convertBlocks(handle: FileHandle, name: string, source: TensorLocation, format: BlockFormat) {
  const scales: Uint8Array[] = [];
  const points: Uint8Array[] = [];
  for await (const numbers of readNumbers(handle, source)) {
    const quantised = quantiseBlocks(numbers, source.shape[1] ?? 1, format);
    checkScales(quantised.scales, name, source);
    yield quantised.values;
    scales.push(bytesOf(quantised.scales));
    if (quantised.zeroPoints !== undefined) points.push(quantised.zeroPoints);
  }
  for (const parts of format.zeroPoints ? [scales, points] : [scales]) {
    yield undefined;
    yield* parts;
  }
  yield undefined;
}

function halved(numbers: Float32Array, name: string, { file }: TensorLocation): Uint16Array {
  const halves = new Uint16Array(numbers.length);
  let finite = true;
  for (let at = 0; at < numbers.length; at++) {
    const half = toF16(numbers[at] as number);
    halves[at] = half;
    finite &&= isFiniteF16(half);
  }
  if (finite) return halves;
  throw new CheckpointError(
    `${file}: ${name} has a value that f16 can't hold. Keep its part in f32, as in --keep vision=f32.`,
  );
}

function checkScales(scales: Float32Array, name: string, { file }: TensorLocation): void {
  if (scales.every(Number.isFinite)) return;
  throw new CheckpointError(
    `${file}: ${name} has a value that is no finite number. Download the checkpoint again.`,
  );
}

const bytesOf = ({ buffer, byteOffset, byteLength }: ArrayBufferView) =>
  new Uint8Array(buffer, byteOffset, byteLength);
