// Reads a BMP with bmp-ts, which knows every depth and compression, after a look at the size that its head claims.
import { decode } from 'bmp-ts';
import type { RgbPixels } from './preprocess-resize.ts';

/** @throws ImageError when so large an image is not allowed */
export type CheckSize = (width: number, height: number) => void;

/** Heads shorter than this are of OS/2, before 1994. */
const WINDOWS_HEAD = 40;

/** @throws Error when the file is broken */
export function readBmp(file: Uint8Array, checkSize: CheckSize): RgbPixels {
  const bytes = Buffer.from(file.buffer, file.byteOffset, file.byteLength);
  if (bytes.readUInt32LE(14) < WINDOWS_HEAD) throw new Error('The BMP has a head of OS/2.');
  checkSize(bytes.readInt32LE(18), Math.abs(bytes.readInt32LE(22))); // a negative height: rows from the top
  // Not as RGBA: with a palette, bmp-ts 1.0 gives alpha, blue, green, red all the same.
  const { data, width, height } = decode(bytes);
  return { data: toRgb(data), width, height };
}

/** @param abgr four bytes a pixel */
function toRgb(abgr: Uint8Array): Uint8Array {
  const rgb = new Uint8Array((abgr.length / 4) * 3);
  for (let from = 0, to = 0; from < abgr.length; from += 4, to += 3) {
    rgb[to] = abgr[from + 3] ?? 0;
    rgb[to + 1] = abgr[from + 2] ?? 0;
    rgb[to + 2] = abgr[from + 1] ?? 0;
  }
  return rgb;
}
