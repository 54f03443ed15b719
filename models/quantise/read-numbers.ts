// The numbers of a tensor in its file, some rows at a time, so that memory doesn't grow with the tensor.
import type { FileHandle } from 'node:fs/promises';
import type { TensorLocation } from '../checkpoint/safetensors.ts';
import { CheckpointError } from '../errors.ts';
import { fromF16 } from '../half-floats.ts';

/** Of a piece, unless a single row is longer. */
const PIECE_NUMBERS = 1 << 21;

/**
 * Whole rows of the last side, in order; while one piece is worked on, the next is read.
 *
 * @throws CheckpointError when the file ends too early
 */
export async function* readNumbers(handle: FileHandle, tensor: TensorLocation): AsyncGenerator<Float32Array> {
  const width = tensor.shape.at(-1) ?? 1;
  const count = tensor.shape.reduce((product, side) => product * side, 1);
  const piece = Math.max(1, Math.floor(PIECE_NUMBERS / width)) * width;
  const read = (from: number) => readPiece(handle, tensor, from, Math.min(piece, count - from));
  let next = count > 0 ? read(0) : undefined;
  for (let from = 0; next !== undefined; ) {
    const numbers = await next;
    from += numbers.length;
    next = from < count ? read(from) : undefined;
    next?.catch(() => {}); // told when it is awaited, and to nobody who stopped reading
    yield numbers;
  }
}

/** All at once. */
export async function readAllNumbers(handle: FileHandle, tensor: TensorLocation): Promise<Float32Array> {
  const all = new Float32Array(tensor.shape.reduce((product, side) => product * side, 1));
  let from = 0;
  for await (const numbers of readNumbers(handle, tensor)) {
    all.set(numbers, from);
    from += numbers.length;
  }
  return all;
}

async function readPiece(
  handle: FileHandle,
  { dtype, file, offset }: TensorLocation,
  from: number,
  count: number,
): Promise<Float32Array> {
  const size = dtype === 'F32' ? 4 : 2;
  const bytes = new Uint8Array(count * size);
  for (let done = 0; done < bytes.length; ) {
    const { bytesRead } = await handle.read(bytes, done, bytes.length - done, offset + from * size + done);
    if (bytesRead === 0)
      throw new CheckpointError(`${file} became shorter while it was read. Download it again.`);
    done += bytesRead;
  }
  if (dtype === 'F32') return new Float32Array(bytes.buffer);
  const halves = new Uint16Array(bytes.buffer);
  return dtype === 'F16' ? widened(halves) : fromBf16(halves);
}

let f16Values: Float32Array | undefined;

/** By a table of all f16 there are: 256 KiB, and ten times as quick. */
function widened(halves: Uint16Array): Float32Array {
  f16Values ??= Float32Array.from({ length: 1 << 16 }, (_, half) => fromF16(half));
  const table = f16Values;
  const numbers = new Float32Array(halves.length);
  for (let at = 0; at < halves.length; at++) numbers[at] = table[halves[at] as number] as number;
  return numbers;
}

function fromBf16(halves: Uint16Array): Float32Array {
  const words = new Uint32Array(halves.length);
  for (let at = 0; at < halves.length; at++) words[at] = (halves[at] as number) << 16;
  return new Float32Array(words.buffer);
}
