// Reads an image file to plain RGB, as Pillow's `exif_transpose` and the reference's conversion leave it.
import sharp, { type Metadata, type Sharp, type SharpOptions } from 'sharp';
import { type Apng, readApng, shownFrame } from './apng.ts';
import { ImageError } from './errors.ts';
import { type CheckSize, readBmp } from './preprocess-bmp.ts';
import { recogniseFormat } from './preprocess-format.ts';
import { readHeic } from './preprocess-heic.ts';
import type { RgbPixels } from './preprocess-resize.ts';
import { inksToRgb, onWhite, type Samples, toRgb } from './preprocess-rgb.ts';
import { tiffStrangeColours } from './preprocess-tiff.ts';
import { problem } from './problems.ts';

export interface ImageLimits {
  /** Width times height of the file, checked before anything is decoded. Default 40 million. */
  readonly maxPixels?: number;
}

export const DEFAULT_MAX_PIXELS = 40_000_000;

/**
 * One frame, by default the first, upright, 8 bits a channel. What is transparent lies on white; embedded colour
 * profiles are ignored; CMYK goes the plain way without one: all as the reference does.
 *
 * @throws ImageError when the file is no picture of a known format, is broken or is too large
 */
export async function decodeRgb(image: Uint8Array, limits: ImageLimits = {}, page = 0): Promise<RgbPixels> {
  const format = recogniseFormat(image);
  if (format.loader === 'tiff') checkColours(image);
  const { maxPixels = DEFAULT_MAX_PIXELS } = limits;
  const checkSize: CheckSize = (width, height) => checkPixels(width, height, maxPixels);
  try {
    const reader = readers[format.loader];
    if (reader) return await reader(image, checkSize);
    const apng = format.loader === 'png' ? readApng(image) : undefined;
    if (apng && (page > 0 || !apng.beginsWithStill)) return await decodeApng(apng, page, checkSize);
    sharp.cache(false); // it would keep up to 50 MB of pictures, and none comes here twice
    const metadata = await sharp(image, { limitInputPixels: false }).metadata();
    if (metadata.format !== format.loader) throw brokenError(format.name);
    checkSize(metadata.width, metadata.height);
    return await decode(image, metadata, {
      failOn: 'error',
      ignoreIcc: true,
      limitInputPixels: maxPixels,
      page,
    });
  } catch (error) {
    throw error instanceof ImageError ? error : brokenError(format.name, error);
  }
}

/** One that begins with the image which sharp reads needs no putting together. */
async function decodeApng(apng: Apng, page: number, checkSize: CheckSize): Promise<RgbPixels> {
  const { width, height } = apng;
  checkSize(width, height);
  return toRgb({ data: await shownFrame(apng, page), width, height, channels: 4 }, onWhite);
}

/** For what sharp's prebuilt library can't open. */
const readers: Readonly<Record<string, typeof readHeic | typeof readBmp>> = { bmp: readBmp, heic: readHeic };

function brokenError(format: string, cause?: unknown): ImageError {
  return new ImageError(problem('imageBroken', { format }), { cause });
}

function checkPixels(width: number, height: number, maxPixels: number): void {
  if (width * height <= maxPixels) return;
  throw new ImageError(problem('imageTooLarge', { most: maxPixels, width, height }));
}

function checkColours(tiff: Uint8Array): void {
  const colours = tiffStrangeColours(tiff);
  if (colours === undefined) return;
  throw new ImageError(problem('imageColours', { colours }));
}

async function decode(image: Uint8Array, metadata: Metadata, options: SharpOptions): Promise<RgbPixels> {
  const upright = sharp(image, options).autoOrient();
  if (metadata.space === 'cmyk') {
    return toRgb(await raw(upright.pipelineColourspace('cmyk').toColourspace('cmyk')), inksToRgb);
  }
  return toRgb(await raw(upright.toColourspace('srgb')), onWhite);
}

async function raw(pipeline: Sharp): Promise<Samples> {
  const { data, info } = await pipeline.raw().toBuffer({ resolveWithObject: true });
  return { data, width: info.width, height: info.height, channels: info.channels };
}
