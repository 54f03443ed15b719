// Writes .safetensors files: the other direction of models/checkpoint/safetensors.ts.
import { readFile, writeFile } from 'node:fs/promises';

export type FileType = 'F32' | 'F16' | 'BF16';

export interface FileTensor {
  readonly dtype: FileType;
  readonly shape: readonly number[];
  /** Exact in `dtype`: nothing is rounded here. */
  readonly values: Float32Array;
}

export async function writeSafetensors(
  file: string,
  tensors: ReadonlyMap<string, FileTensor>,
): Promise<void> {
  const header: Record<string, unknown> = { __metadata__: { format: 'pt' } };
  const parts: Uint8Array[] = [];
  let offset = 0;
  for (const [name, { dtype, shape, values }] of tensors) {
    const bytes = encode(values, dtype);
    header[name] = { dtype, shape, data_offsets: [offset, offset + bytes.byteLength] };
    offset += bytes.byteLength;
    parts.push(bytes);
  }
  await writeFile(file, Buffer.concat([headerBytes(header), ...parts]));
}

/** Puts a tensor of zeros, of one axis, behind those of a file. */
export async function appendTensor(
  file: string,
  name: string,
  dtype: string,
  byteLength: number,
): Promise<void> {
  const bytes = await readFile(file);
  const start = 8 + Number(bytes.readBigUInt64LE());
  const end = bytes.length - start;
  const shape = [byteLength / (ELEMENT_BYTES[dtype] ?? 1)];
  const header = {
    ...JSON.parse(bytes.toString('utf8', 8, start)),
    [name]: { dtype, shape, data_offsets: [end, end + byteLength] },
  };
  await writeFile(
    file,
    Buffer.concat([headerBytes(header), bytes.subarray(start), Buffer.alloc(byteLength)]),
  );
}

const ELEMENT_BYTES: Readonly<Record<string, number>> = { I64: 8, F32: 4, F16: 2, BF16: 2 };

/** The length and the header, padded to 8 bytes with spaces. */
export function headerBytes(header: unknown): Buffer {
  const json = JSON.stringify(header);
  return prefixed(json.padEnd(Math.ceil(json.length / 8) * 8));
}

/** The length, and what is so long. */
export function prefixed(text: string): Buffer {
  const length = Buffer.alloc(8);
  length.writeBigUInt64LE(BigInt(text.length));
  return Buffer.concat([length, Buffer.from(text)]);
}

function encode(values: Float32Array, dtype: FileType): Uint8Array {
  if (dtype === 'F32') return bytesOf(values);
  const halves = dtype === 'F16' ? Uint16Array.from(values, float16) : bfloat16(values);
  return bytesOf(halves);
}

const bytesOf = (array: Float32Array | Uint16Array) =>
  new Uint8Array(array.buffer, array.byteOffset, array.byteLength);

/** The upper half of each float. */
function bfloat16(values: Float32Array): Uint16Array {
  const words = new Uint32Array(values.buffer, values.byteOffset, values.length);
  return Uint16Array.from(words, (word) => word >>> 16);
}

function float16(value: number): number {
  const sign = value < 0 || Object.is(value, -0) ? 0x8000 : 0;
  const size = Math.abs(value);
  if (size < 2 ** -14) return sign | (size * 2 ** 24);
  const exponent = Math.floor(Math.log2(size));
  return sign | ((exponent + 15) << 10) | ((size / 2 ** exponent - 1) * 1024);
}
