// One tensor of a checkpoint to the bytes that stand for it in a quantised file.
import type { FileHandle } from 'node:fs/promises';
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
export function convertTensor(
  handle: FileHandle,
  tensor: PlannedTensor,
): AsyncGenerator<Uint8Array | undefined> {
  const { form } = tensor;
  if (form === 'numbers') return convertNumbers(handle, tensor);
  return form === 'columns' ? convertColumns(handle, tensor) : convertBlocks(handle, tensor, form);
}

async function* convertNumbers(handle: FileHandle, tensor: PlannedTensor) {
  const half = tensor.tensors[0]?.dtype === 'F16';
  for await (const numbers of readNumbers(handle, tensor.source)) {
    checkNumbers(numbers, tensor);
    yield bytesOf(half ? halved(numbers, tensor) : numbers);
  }
  yield undefined;
}

async function* convertColumns(handle: FileHandle, tensor: PlannedTensor) {
  const { source } = tensor;
  const matrix = await readAllNumbers(handle, source); // as columns are stored, which all rows have a share in
  checkNumbers(matrix, tensor);
  const { values, scales } = quantiseColumns(matrix, source.shape[1] ?? 1);
  for (const part of [values, scales]) {
    yield bytesOf(part);
    yield undefined;
  }
}

async function* convertBlocks(handle: FileHandle, tensor: PlannedTensor, format: BlockFormat) {
  const { source } = tensor;
  const scales: Uint8Array[] = [];
  const points: Uint8Array[] = [];
  for await (const numbers of readNumbers(handle, source)) {
    checkNumbers(numbers, tensor);
    const quantised = quantiseBlocks(numbers, source.shape[1] ?? 1, format);
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

function halved(numbers: Float32Array, { name, part, source }: PlannedTensor): Uint16Array {
  const halves = new Uint16Array(numbers.length);
  let finite = true;
  for (let at = 0; at < numbers.length; at++) {
    const half = toF16(numbers[at] as number);
    halves[at] = half;
    finite &&= isFiniteF16(half);
  }
  if (finite) return halves;
  throw new CheckpointError(
    `${source.file}: ${name} has a value that f16 can't hold. Keep its part in f32: --keep ${part}=f32`,
  );
}

/** Whatever they become: what is no number in them spoils every answer. */
function checkNumbers(numbers: Float32Array, { name, source }: PlannedTensor): void {
  if (areFinite(numbers)) return;
  throw new CheckpointError(
    `${source.file}: ${name} has a value that is no finite number. Download the checkpoint again.`,
  );
}

/** (`every` took six times as long.) */
function areFinite(numbers: Float32Array): boolean {
  for (let at = 0; at < numbers.length; at++) if (!Number.isFinite(numbers[at])) return false;
  return true;
}

const bytesOf = ({ buffer, byteOffset, byteLength }: ArrayBufferView) =>
  new Uint8Array(buffer, byteOffset, byteLength);
