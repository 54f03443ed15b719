// What is to be known of an animation before one of its frames is chosen.
import sharp from 'sharp';
import { type Apng, readApng, shownFrames } from './apng.ts';
import { recogniseFormat } from './preprocess-format.ts';

export interface Animation {
  readonly width: number;
  readonly height: number;
  readonly count: number;
  /** Pixels of all frames that may be decoded for one, as each builds on those before it: a second or two of one core. */
  readonly mostPixels: number;
  /**
   * The first frames over grey, (frames, height, width, 3).
   * @throws Error when one of them is broken
   */
  levels(frames: number): Promise<Uint8Array>;
}

type Open = (image: Uint8Array) => Promise<Animation | undefined>;

const GREY = 128;

const openers: Readonly<Record<string, Open>> = {
  gif: (image) => opened(image, 200_000_000),
  webp: (image) => opened(image, 40_000_000),
  async png(image) {
    const apng = readApng(image);
    return apng && openedApng(apng);
  },
};

/**
 * Undefined for a picture of a kind that never moves. What can't be read is refused by whoever decodes it.
 * @throws ImageError for what is no picture
 */
export async function openAnimation(image: Uint8Array): Promise<Animation | undefined> {
  return openers[recogniseFormat(image).loader]?.(image);
}

async function opened(image: Uint8Array, mostPixels: number): Promise<Animation | undefined> {
  const head = await sharp(image, { limitInputPixels: false })
    .metadata()
    .catch(() => undefined); // whoever reads the picture itself hears what is wrong with it
  if (!head) return undefined;
  const { pages: count = 1, width, height } = head;
  const levels = (pages: number) =>
    sharp(image, { pages, limitInputPixels: false })
      .flatten({ background: { r: GREY, g: GREY, b: GREY } })
      .toColourspace('srgb')
      .raw()
      .toBuffer();
  return { width, height, count, mostPixels, levels };
}

function openedApng(apng: Apng): Animation {
  const { width, height, frames } = apng;
  async function levels(count: number): Promise<Uint8Array> {
    const size = 3 * width * height;
    const rgb = new Uint8Array(count * size);
    let at = 0;
    for await (const canvas of shownFrames(apng)) {
      flatten(canvas, rgb.subarray(at * size, (at + 1) * size));
      at += 1;
      if (at === count) break;
    }
    return rgb;
  }
  return { width, height, count: frames.length, mostPixels: 40_000_000, levels };
}

function flatten(rgba: Uint8Array, rgb: Uint8Array): void {
  for (let from = 0, to = 0; to < rgb.length; from += 4, to += 3) {
    const alpha = (rgba[from + 3] ?? 0) / 255;
    for (let channel = 0; channel < 3; channel++) {
      rgb[to + channel] = Math.round((rgba[from + channel] ?? 0) * alpha + GREY * (1 - alpha));
    }
  }
}
