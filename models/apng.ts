// APNG: sharp's prebuilt library reads the image that stands for it alone. Each frame is taken out as a PNG of its own,
// which sharp decodes, and put onto the ones before it (https://www.w3.org/TR/png-3/#apng-frame-based-animation).
import { crc32 } from 'node:zlib';
import sharp from 'sharp';

export interface Apng {
  readonly width: number;
  readonly height: number;
  readonly frames: readonly ApngFrame[];
  /** Whether the image that programs show which know nothing of APNG is the first frame. */
  readonly beginsWithStill: boolean;
  /** Depth, colour type and what follows them in the head of the file. */
  readonly form: Uint8Array;
  /** Palette and transparency, as chunks. */
  readonly shared: readonly Uint8Array[];
}

export interface ApngFrame {
  readonly width: number;
  readonly height: number;
  readonly x: number;
  readonly y: number;
  /** What becomes of its place before the next one: 0 nothing, 1 cleared, 2 as it was before this one. */
  readonly disposal: number;
  /** Whether it is put over what is there by its alpha, or in its place. */
  readonly isOver: boolean;
  /** Compressed, in pieces. */
  readonly data: Uint8Array[];
}

interface Chunk {
  readonly type: string;
  /** Length, type, data and checksum. */
  readonly whole: Uint8Array;
  readonly data: Buffer;
}

const SIGNATURE = Uint8Array.of(0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a);
const CLEARED = 1;
const AS_BEFORE = 2;

/** Undefined for a PNG at rest, and for what is none. */
export function readApng(file: Uint8Array): Apng | undefined {
  const chunks = [...chunksOf(file)];
  const [head] = chunks;
  const types = chunks.map(({ type }) => type);
  const isAnimated = types.includes('acTL') && types.indexOf('acTL') < types.indexOf('IDAT');
  if (head?.type !== 'IHDR' || head.data.length < 13 || !isAnimated) return undefined;
  const frames: ApngFrame[] = [];
  for (const { type, data } of chunks) {
    if (type === 'fcTL' && data.length >= 26) frames.push(frameOf(data));
    // Data before the first of them is of an image that is no frame.
    else if (type === 'IDAT') frames.at(-1)?.data.push(data);
    else if (type === 'fdAT') frames.at(-1)?.data.push(data.subarray(4));
  }
  const firstFrame = types.indexOf('fcTL');
  return {
    width: head.data.readUInt32BE(0),
    height: head.data.readUInt32BE(4),
    frames,
    beginsWithStill: firstFrame !== -1 && firstFrame < types.indexOf('IDAT'),
    form: head.data.subarray(8, 13),
    shared: chunks.filter(({ type }) => type === 'PLTE' || type === 'tRNS').map(({ whole }) => whole),
  };
}

/**
 * The frames as they show, RGBA, (height, width, 4): one buffer, which changes with the next one.
 * @throws Error when one of them is broken
 */
export async function* shownFrames(apng: Apng): AsyncGenerator<Uint8Array, void> {
  const canvas = new Uint8Array(4 * apng.width * apng.height);
  for (const [index, frame] of apng.frames.entries()) {
    const pixels = await decode(apng, frame);
    const before = frame.disposal === AS_BEFORE && index > 0 ? canvas.slice() : undefined;
    paint(canvas, apng.width, pixels, frame);
    yield canvas;
    if (before) canvas.set(before);
    else if (frame.disposal === CLEARED || frame.disposal === AS_BEFORE) clear(canvas, apng.width, frame);
  }
}

/** The frame of that page, from 0. @throws Error when it is broken or not there */
export async function shownFrame(apng: Apng, page: number): Promise<Uint8Array> {
  let at = 0;
  for await (const canvas of shownFrames(apng)) {
    if (at === page) return canvas;
    at += 1;
  }
  throw new Error(`The animation has no frame ${page + 1}.`);
}

/** Up to one that is cut off. */
function* chunksOf(file: Uint8Array): Generator<Chunk> {
  const bytes = Buffer.from(file.buffer, file.byteOffset, file.byteLength);
  if (!bytes.subarray(0, SIGNATURE.length).equals(SIGNATURE)) return;
  for (let at = SIGNATURE.length; at + 12 <= bytes.length; ) {
    const end = at + 12 + bytes.readUInt32BE(at);
    if (end > bytes.length) return;
    const type = bytes.toString('latin1', at + 4, at + 8);
    yield { type, whole: bytes.subarray(at, end), data: bytes.subarray(at + 8, end - 4) };
    at = end;
  }
}

/** @param control of a chunk fcTL: sequence number, width, height, x, y, delay, disposal, blending */
function frameOf(control: Buffer): ApngFrame {
  const [width = 0, height = 0, x = 0, y = 0] = [4, 8, 12, 16].map((at) => control.readUInt32BE(at));
  return { width, height, x, y, disposal: control[24] ?? 0, isOver: control[25] === 1, data: [] };
}

/** @returns RGBA */
async function decode({ width, height, form, shared }: Apng, frame: ApngFrame): Promise<Uint8Array> {
  if (frame.x + frame.width > width || frame.y + frame.height > height) {
    throw new Error('A frame is larger than the animation.');
  }
  const head = Buffer.alloc(13);
  head.writeUInt32BE(frame.width, 0);
  head.writeUInt32BE(frame.height, 4);
  head.set(form, 8);
  const data = chunk('IDAT', Buffer.concat(frame.data));
  const png = Buffer.concat([
    SIGNATURE,
    chunk('IHDR', head),
    ...shared,
    data,
    chunk('IEND', Buffer.alloc(0)),
  ]);
  const limitInputPixels = frame.width * frame.height;
  const pipeline = sharp(png, { failOn: 'error', ignoreIcc: true, limitInputPixels });
  const pixels = await pipeline.toColourspace('srgb').ensureAlpha().raw({ depth: 'uchar' }).toBuffer();
  if (pixels.length !== 4 * limitInputPixels) throw new Error('A frame has other channels than expected.');
  return pixels;
}

function chunk(type: string, data: Uint8Array): Buffer {
  const body = Buffer.concat([Buffer.from(type, 'latin1'), data]);
  const ends = Buffer.alloc(8);
  ends.writeUInt32BE(data.length, 0);
  ends.writeUInt32BE(crc32(body), 4);
  return Buffer.concat([ends.subarray(0, 4), body, ends.subarray(4)]);
}

function paint(canvas: Uint8Array, canvasWidth: number, pixels: Uint8Array, frame: ApngFrame): void {
  const { width, height, x, y, isOver } = frame;
  for (let row = 0; row < height; row++) {
    const target = 4 * ((y + row) * canvasWidth + x);
    const source = pixels.subarray(4 * row * width, 4 * (row + 1) * width);
    if (isOver) paintOver(canvas.subarray(target, target + 4 * width), source);
    else canvas.set(source, target);
  }
}

/** Alpha is not premultiplied: https://www.w3.org/TR/png-3/#13Alpha-channel-processing */
function paintOver(below: Uint8Array, above: Uint8Array): void {
  for (let at = 0; at < above.length; at += 4) {
    const alpha = (above[at + 3] ?? 0) / 255;
    const rest = ((below[at + 3] ?? 0) / 255) * (1 - alpha);
    const whole = alpha + rest;
    if (alpha === 0) continue;
    for (let channel = at; channel < at + 3; channel++) {
      below[channel] = Math.round(((above[channel] ?? 0) * alpha + (below[channel] ?? 0) * rest) / whole);
    }
    below[at + 3] = Math.round(255 * whole);
  }
}

function clear(canvas: Uint8Array, canvasWidth: number, { width, height, x, y }: ApngFrame): void {
  for (let row = y; row < y + height; row++) {
    const start = 4 * (row * canvasWidth + x);
    canvas.fill(0, start, start + 4 * width);
  }
}
