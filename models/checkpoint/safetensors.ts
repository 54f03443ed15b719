// Reads the header of a .safetensors file: which tensor lies where. The tensors themselves stay in the file.
// Format: https://huggingface.co/docs/safetensors: 8 bytes of header length, the header in JSON, the bytes.
import { type FileHandle, open, stat } from 'node:fs/promises';
import { z } from 'zod';
import { CheckpointError, PointerFileError, UnusableFileError } from '../errors.ts';
import { isJsonObject } from './json-file.ts';

const BYTES_PER_ELEMENT = { F32: 4, F16: 2, BF16: 2 } as const;
export type WeightType = keyof typeof BYTES_PER_ELEMENT;
/** Of quantised weights, which mean something only together with their scales. */
const BYTES_PER_CODE = { U8: 1, I8: 1 } as const;
export type CodeType = keyof typeof BYTES_PER_CODE;
const BYTES = new Map(Object.entries({ ...BYTES_PER_ELEMENT, ...BYTES_PER_CODE }));

export interface TensorLocation {
  /** As the header says; only `WeightType`s can be used. */
  readonly dtype: string;
  readonly shape: readonly number[];
  /** Absolute path of the file that holds it, symbolic links resolved. */
  readonly file: string;
  /** From the start of the file, in bytes. */
  readonly offset: number;
  readonly byteLength: number;
}

export interface SafetensorsFile {
  readonly file: string;
  /** The header's JSON, as it is in the file. */
  readonly header: Uint8Array;
  readonly byteLength: number;
  readonly tensors: ReadonlyMap<string, TensorLocation>;
  /** What else the header says. */
  readonly metadata: Readonly<Record<string, unknown>>;
}

const PREFIX_BYTES = 8;
/** The format's own limit. */
const MAX_HEADER_BYTES = 100_000_000;
const BRACE = '{'.charCodeAt(0);

const entry = z.object({
  dtype: z.string(),
  shape: z.array(z.int().nonnegative()),
  data_offsets: z.tuple([z.int().nonnegative(), z.int().nonnegative()]),
});

/**
 * @param file an absolute path, symbolic links resolved
 * @throws CheckpointError when it can't be read, its header is damaged, or that gives out other bytes than the file has
 */
export async function readSafetensors(file: string): Promise<SafetensorsFile> {
  const { header, byteLength } = await openHeader(file);
  const start = PREFIX_BYTES + header.byteLength;
  const tensors = new Map<string, TensorLocation>();
  const { __metadata__: metadata, ...entries } = parseHeader(file, header);
  for (const [name, value] of Object.entries(entries)) {
    tensors.set(name, locate(file, name, value, start, byteLength));
  }
  checkCovered(file, tensors, start, byteLength);
  return { file, header, byteLength, tensors, metadata: isJsonObject(metadata) ? metadata : {} };
}

/** What the header says of the file, of which the rest may be damaged. */
export async function readMetadata(file: string): Promise<SafetensorsFile['metadata']> {
  const { __metadata__: metadata } = parseHeader(file, (await openHeader(file)).header);
  return isJsonObject(metadata) ? metadata : {};
}

async function openHeader(file: string) {
  try {
    const status = await stat(file); // first: to open a named pipe waits for its writer
    if (!status.isFile()) {
      throw new CheckpointError(`${file} is not a file. Put the weights there, or a link to them.`);
    }
    await using handle = await open(file);
    return { header: await readHeader(file, handle, status.size), byteLength: status.size };
  } catch (error) {
    if (error instanceof CheckpointError) throw error;
    throw new CheckpointError(`${file} can't be read. Check its permissions and its disk.`, { cause: error });
  }
}

async function readHeader(file: string, handle: FileHandle, byteLength: number): Promise<Uint8Array> {
  const prefix = new Uint8Array(PREFIX_BYTES + 1); // and the header's first
  await handle.read(prefix, 0, prefix.length, 0);
  if (Buffer.from(prefix).toString('latin1').startsWith('version ')) {
    throw new PointerFileError(
      `${file} is a Git LFS pointer, not the weights. Run "git lfs pull" in its folder.`,
    );
  }
  if (byteLength === 0) throw new UnusableFileError(`${file} is empty.`);
  const length = Number(new DataView(prefix.buffer).getBigUint64(0, true));
  const fits = length <= Math.min(MAX_HEADER_BYTES, byteLength - PREFIX_BYTES);
  const isHeader = fits && prefix[PREFIX_BYTES] === BRACE;
  if (!isHeader && isPickle(prefix)) {
    throw new CheckpointError(
      `${file} is a pickle or a zip of torch.save under another name. Load it with transformers and save it again with save_pretrained(safe_serialization=True).`,
    );
  }
  if (!fits) {
    throw new UnusableFileError(
      `${file}: expected a header of ${length} bytes in a file of ${byteLength} bytes; it is damaged or cut off.`,
    );
  }
  const header = new Uint8Array(length);
  await handle.read(header, 0, length, PREFIX_BYTES);
  return header;
}

/** Its second byte is the protocol's number; a zip begins with PK. So can a header's length. */
const isPickle = ([first, second = 0]: Uint8Array) =>
  (first === 0x80 && second >= 2 && second <= 5) || (first === 0x50 && second === 0x4b);

function parseHeader(file: string, header: Uint8Array): Record<string, unknown> {
  try {
    return z
      .record(z.string(), z.unknown())
      .parse(JSON.parse(new TextDecoder('utf8', { fatal: true }).decode(header)));
  } catch (error) {
    throw new UnusableFileError(`${file}: the header is not a JSON object; the file is damaged.`, {
      cause: error,
    });
  }
}

function locate(
  file: string,
  name: string,
  value: unknown,
  start: number,
  fileBytes: number,
): TensorLocation {
  const parsed = entry.safeParse(value);
  if (!parsed.success) {
    throw new UnusableFileError(`${file}: the header's entry for ${name} is damaged.`, {
      cause: parsed.error,
    });
  }
  const { dtype, shape, data_offsets: offsets } = parsed.data;
  const location = { dtype, shape, file, offset: start + offsets[0], byteLength: offsets[1] - offsets[0] };
  checkLength(location, name);
  if (location.byteLength < 0) {
    throw new UnusableFileError(`${file}: ${name} ends before it starts, at [${offsets.join(', ')}].`);
  }
  if (start + offsets[1] > fileBytes) {
    throw new UnusableFileError(
      `${file} is cut off: ${name} ends at byte ${start + offsets[1]}, but the file has ${fileBytes} bytes.`,
    );
  }
  return location;
}

function checkLength({ file, dtype, shape, byteLength }: TensorLocation, name: string): void {
  const bytes = BYTES.get(dtype);
  if (bytes === undefined) return;
  const expected = shape.reduce((product, side) => product * side, bytes);
  if (byteLength === expected) return;
  throw new UnusableFileError(
    `${file}: ${name} is ${dtype} [${shape.join(', ')}], which takes ${expected} bytes, but the header gives it ${byteLength}.`,
  );
}

/** The format knows no gaps, and its own library refuses them. */
function checkCovered(
  file: string,
  tensors: ReadonlyMap<string, TensorLocation>,
  start: number,
  fileBytes: number,
): void {
  const inOrder = [...tensors].sort(
    ([, a], [, b]) => a.offset - b.offset || a.byteLength - b.byteLength, // empty ones first
  );
  let end = start;
  let before = '';
  for (const [name, { offset, byteLength }] of inOrder) {
    if (offset < end) {
      throw new UnusableFileError(`${file}: ${before} and ${name} share bytes; it is damaged.`);
    }
    if (offset > end) throw uncovered(file, end, offset);
    end = offset + byteLength;
    before = name;
  }
  if (end < fileBytes) throw uncovered(file, end, fileBytes);
}

const uncovered = (file: string, from: number, to: number) =>
  new UnusableFileError(`${file}: bytes ${from} to ${to - 1} belong to no tensor; it is damaged.`);

export function isWeightType(dtype: string): dtype is WeightType {
  return Object.hasOwn(BYTES_PER_ELEMENT, dtype);
}
