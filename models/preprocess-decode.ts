// Reads an image file to plain RGB, as Pillow's `exif_transpose` and `convert('RGB')` leave it.
import sharp, { type Metadata, type Sharp, type SharpOptions } from 'sharp';
import { type Apng, readApng, shownFrame } from './apng.ts';
import { ImageError } from './errors.ts';
import { type CheckSize, readBmp } from './preprocess-bmp.ts';
import { recogniseFormat } from './preprocess-format.ts';
import { gifTransparentColour } from './preprocess-gif.ts';
import { readHeic } from './preprocess-heic.ts';
import type { RgbPixels } from './preprocess-resize.ts';
import { tiffStrangeColours } from './preprocess-tiff.ts';
import { problem } from './problems.ts';

export interface ImageLimits {
  /** Width times height of the file, checked before anything is decoded. Default 40 million. */
  readonly maxPixels?: number;
}

export const DEFAULT_MAX_PIXELS = 40_000_000;

/**
 * One frame, by default the first, upright, 8 bits a channel. Alpha is dropped and the colour under it stays; embedded
 * colour profiles are ignored; CMYK goes the plain way without one: all as the reference does.
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
  return toRgb({ data: await shownFrame(apng, page), width, height, channels: 4 }, firstThree);
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
  const colours = await raw(upright.toColourspace('srgb'));
  if (metadata.format === 'gif') fillTransparent(colours, gifTransparentColour(image));
  return toRgb(colours, firstThree);
}

interface Samples {
  readonly data: Uint8Array;
  readonly width: number;
  readonly height: number;
  readonly channels: number;
}

async function raw(pipeline: Sharp): Promise<Samples> {
  const { data, info } = await pipeline.raw().toBuffer({ resolveWithObject: true });
  return { data, width: info.width, height: info.height, channels: info.channels };
}

type PixelConversion = (from: Uint8Array, at: number, into: Uint8Array, target: number) => void;

function toRgb({ data, width, height, channels }: Samples, convert: PixelConversion): RgbPixels {
  if (channels === 3) return { data, width, height };
  const rgb = new Uint8Array(width * height * 3);
  for (let at = 0, target = 0; target < rgb.length; at += channels, target += 3) {
    convert(data, at, rgb, target);
  }
  return { data: rgb, width, height };
}

const firstThree: PixelConversion = (from, at, into, target) => {
  into[target] = from[at] ?? 0;
  into[target + 1] = from[at + 1] ?? 0;
  into[target + 2] = from[at + 2] ?? 0;
};

const inksToRgb: PixelConversion = (from, at, into, target) => {
  const light = 255 - (from[at + 3] ?? 0); // what the black ink leaves
  for (let channel = 0; channel < 3; channel++) {
    into[target + channel] = light - Math.round(((from[at + channel] ?? 0) * light) / 255);
  }
};

/** The decoder leaves transparent pixels of a GIF black; the palette says which colour the file gave them. */
function fillTransparent({ data, channels }: Samples, colour: Uint8Array | undefined): void {
  if (channels !== 4 || colour === undefined) return;
  for (let at = 0; at < data.length; at += 4) {
    if (data[at + 3] === 0) data.set(colour, at);
  }
}
