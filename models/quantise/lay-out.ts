// Where everything lies in a quantised file: one .safetensors file, whose header is known before its first tensor.
import { createHash } from 'node:crypto';
import { describeQuantisation, type Quantisation } from '../checkpoint/quantised-matrix.ts';
import type { PlannedTensor, StoredAs } from './plan-storage.ts';

export interface Layout {
  readonly header: Uint8Array;
  /** In the order of the file. */
  readonly tensors: readonly PlacedTensor[];
  readonly byteLength: number;
  /** The same for the same content. */
  readonly digest: string;
}

export interface PlacedTensor extends PlannedTensor {
  /** From the start of the file, in bytes: of the first of its stored tensors, and behind the last. */
  readonly start: number;
  readonly end: number;
}

const BYTES = { F32: 4, F16: 2, BF16: 2, U8: 1, I8: 1 } as const;
/** A cache line: every tensor begins at a multiple of it, as it is used where it lies. */
export const ALIGNMENT = 64;

const storedBytes = ({ dtype, shape }: StoredAs) =>
  shape.reduce((product, side) => product * side, BYTES[dtype]);

/** Up to the next multiple of the alignment. */
export const padding = (bytes: number) => (ALIGNMENT - (bytes % ALIGNMENT)) % ALIGNMENT;

export function layOut(plan: readonly PlannedTensor[], quantisation: Quantisation): Layout {
  const entries: Record<string, object> = { __metadata__: describeQuantisation(quantisation) };
  let end = 0;
  const add = (name: string, dtype: string, shape: readonly number[], bytes: number) => {
    entries[name] = { dtype, shape, data_offsets: [end, end + bytes] };
    end += bytes;
  };
  const placed = plan.map((planned) => {
    const start = end;
    for (const stored of planned.tensors) {
      const bytes = storedBytes(stored);
      add(stored.name, stored.dtype, stored.shape, bytes);
      // The format knows no gaps.
      if (padding(bytes) > 0) add(`${stored.name}.padding`, 'U8', [padding(bytes)], padding(bytes));
    }
    return { ...planned, start, end };
  });
  const header = headerBytes(entries);
  const tensors = placed.map((one) => ({
    ...one,
    start: header.byteLength + one.start,
    end: header.byteLength + one.end,
  }));
  const digest = createHash('sha256').update(header).digest('hex').slice(0, 16);
  return { header, tensors, byteLength: header.byteLength + end, digest };
}

/** Eight bytes of length, then JSON, filled up with spaces. */
function headerBytes(entries: object): Uint8Array {
  const json = Buffer.from(JSON.stringify(entries));
  const filled = Buffer.alloc(json.length + padding(8 + json.length), ' ');
  json.copy(filled);
  const length = Buffer.alloc(8);
  length.writeBigUInt64LE(BigInt(filled.length));
  return Buffer.concat([length, filled]);
}
