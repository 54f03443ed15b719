// Writes random tensors into .safetensors files, a piece at a time, so that memory doesn't grow with the model.
import { open } from 'node:fs/promises';
import { join } from 'node:path';
import type { WeightType } from '../checkpoint/safetensors.ts';
import type { PlannedTensor } from './plan-tensors.ts';
import { elements, type RandomWeights } from './random-weights.ts';

export interface Shard {
  readonly file: string;
  readonly tensors: readonly PlannedTensor[];
}

/** transformers' own limit. */
const MAX_SHARD_BYTES = 5e9;
const PIECE_ELEMENTS = 1 << 20;
export const BYTES: Record<WeightType, number> = { F32: 4, F16: 2, BF16: 2 };

export const totalBytes = (tensors: readonly PlannedTensor[], dtype: WeightType) =>
  tensors.reduce((sum, { shape }) => sum + elements(shape) * BYTES[dtype], 0);

/** One file where all fit into it. */
export function planShards(
  tensors: readonly PlannedTensor[],
  dtype: WeightType,
  max = MAX_SHARD_BYTES,
): Shard[] {
  const groups: PlannedTensor[][] = [];
  let room = 0;
  for (const tensor of tensors) {
    const bytes = totalBytes([tensor], dtype);
    if (groups.length === 0 || bytes > room) {
      groups.push([]);
      room = max;
    }
    groups.at(-1)?.push(tensor);
    room -= bytes;
  }
  const number = (n: number) => String(n).padStart(5, '0');
  return groups.map((group, n) => ({
    file:
      groups.length === 1
        ? 'model.safetensors'
        : `model-${number(n + 1)}-of-${number(groups.length)}.safetensors`,
    tensors: group,
  }));
}

/** model.safetensors.index.json */
export const shardIndex = (shards: readonly Shard[], bytes: number) => ({
  metadata: { total_size: bytes },
  weight_map: Object.fromEntries(
    shards.flatMap(({ file, tensors }) => tensors.map(({ name }) => [name, file])),
  ),
});

export interface WriteOptions {
  readonly dtype: WeightType;
  readonly weights: RandomWeights;
  readonly signal?: AbortSignal | undefined;
  /** Called with the bytes of each piece that was written. */
  readonly onWritten: (bytes: number) => void;
}

export async function writeShard(
  folder: string,
  { file, tensors }: Shard,
  options: WriteOptions,
): Promise<void> {
  const { dtype, weights, signal, onWritten } = options;
  await using handle = await open(join(folder, file), 'wx');
  await handle.writeFile(header(tensors, dtype));
  const piece = weights.allocate(PIECE_ELEMENTS);
  for (const tensor of tensors) {
    const fill = weights.fill(tensor);
    for (let left = elements(tensor.shape); left > 0; left -= PIECE_ELEMENTS) {
      signal?.throwIfAborted();
      const part = piece.subarray(0, left);
      fill(part);
      await handle.writeFile(new Uint8Array(part.buffer, part.byteOffset, part.byteLength));
      onWritten(part.byteLength);
    }
  }
}

/** Eight bytes of length, then JSON, filled up with spaces so that the tensors are aligned. */
function header(tensors: readonly PlannedTensor[], dtype: WeightType): Uint8Array {
  let end = 0;
  const entries = tensors.map(({ name, shape }) => {
    const start = end;
    end += elements(shape) * BYTES[dtype];
    return [name, { dtype, shape, data_offsets: [start, end] }];
  });
  const json = JSON.stringify({ __metadata__: { format: 'pt' }, ...Object.fromEntries(entries) });
  const padded = Buffer.from(json.padEnd(Math.ceil(json.length / 8) * 8));
  const length = Buffer.alloc(8);
  length.writeBigUInt64LE(BigInt(padded.length));
  return Buffer.concat([length, padded]);
}
