// Which frame of an animation is looked at: the one that is asked for, or else one that shows what it is about.
import sharp, { type Metadata } from 'sharp';
import type { FrameChoice, FramePlace } from './backend.ts';
import { FrameError } from './errors.ts';
import { DEFAULT_MAX_PIXELS, type ImageLimits } from './preprocess-decode.ts';
import { recogniseFormat } from './preprocess-format.ts';
import { problem } from './problems.ts';

export interface ChosenFrame {
  /** From 0. */
  readonly page: number;
  /** Absent for a picture at rest. */
  readonly frame?: FramePlace;
}

/**
 * Pixels of all frames up to the one that is asked for, by format: each frame builds on those before it. A second or
 * two of one core.
 */
const MOST_PIXELS: Readonly<Record<string, number>> = { gif: 200_000_000, webp: 40_000_000 };

/** @throws FrameError where there is no such frame, or none within the limits */
export async function chooseFrame(
  image: Uint8Array,
  choice: FrameChoice | undefined,
  { maxPixels = DEFAULT_MAX_PIXELS }: ImageLimits = {},
): Promise<ChosenFrame> {
  const most = MOST_PIXELS[recogniseFormat(image).loader];
  const { pages: count = 1, width = 0, height = 0 } = most === undefined ? {} : await headOf(image);
  // What can't be read is refused by whoever decodes it.
  if (most === undefined || count === 1 || width * height > maxPixels) return atRest(choice);
  if (!choice) return placed(await representative(image, { count, pixels: width * height }), count);
  const number = numberOf(choice, count);
  const reachable = Math.floor(most / (width * height));
  if (number > count) throw new FrameError(problem('frameBeyond', { number, frames: count }));
  if (number > reachable) throw new FrameError(problem('frameTooFar', { number, reachable }));
  return placed(number, count);
}

async function headOf(image: Uint8Array): Promise<Partial<Metadata>> {
  const head = sharp(image, { limitInputPixels: false }).metadata();
  return head.catch((): Partial<Metadata> => ({}));
}

function atRest(choice: FrameChoice | undefined): ChosenFrame {
  if (choice && 'number' in choice && choice.number > 1) {
    throw new FrameError(problem('frameOfStill', { number: choice.number }));
  }
  return { page: 0 };
}

function placed(number: number, count: number): ChosenFrame {
  return { page: number - 1, frame: { number, count } };
}

function numberOf(choice: FrameChoice, count: number): number {
  return 'number' in choice ? choice.number : 1 + Math.round(choice.place * (count - 1));
}

/**
 * Contrast (see below) from which a frame surely shows something: a dozen drawings and photographs had 26 to 86, a blank
 * frame has 0, one that fades in a share of its own.
 */
const VISIBLE = 24;
const MOST_COMPARED = 16;
const MOST_PIXELS_COMPARED = 16_000_000;

/**
 * The first frame, as everywhere, unless it is blank: many animations begin with one, or fade in. Then the first that
 * shows something, or has half the contrast of the one with the most, among those near the beginning.
 */
async function representative(
  image: Uint8Array,
  { count, pixels }: { readonly count: number; readonly pixels: number },
): Promise<number> {
  const [first = 0] = await contrasts(image, 1);
  if (first >= VISIBLE) return 1;
  const compared = Math.min(count, MOST_COMPARED, Math.floor(MOST_PIXELS_COMPARED / pixels));
  if (compared < 2) return 1;
  const all = await contrasts(image, compared);
  const enough = Math.min(VISIBLE, Math.max(...all) / 2);
  return (
    1 +
    Math.max(
      0,
      all.findIndex((contrast) => contrast >= enough),
    )
  );
}

/**
 * Of the first so many frames, the standard deviation of levels about the mean of their channel, from 0 to 127; none
 * where they can't be decoded.
 */
async function contrasts(image: Uint8Array, pages: number): Promise<number[]> {
  try {
    const pipeline = sharp(image, { pages, limitInputPixels: false }).flatten({ background: '#808080' });
    const levels = await pipeline.toColourspace('srgb').raw().toBuffer();
    const size = levels.length / pages;
    return Array.from({ length: pages }, (_, page) =>
      deviation(levels.subarray(page * size, (page + 1) * size)),
    );
  } catch {
    return [];
  }
}

/** @param rgb three levels a pixel */
function deviation(rgb: Uint8Array): number {
  const sums = [0, 0, 0];
  let squares = 0;
  for (const [at, level] of rgb.entries()) {
    sums[at % 3] = (sums[at % 3] ?? 0) + level;
    squares += level * level;
  }
  const pixels = rgb.length / 3;
  const means = sums.reduce((sum, channel) => sum + (channel / pixels) ** 2, 0);
  return Math.sqrt(Math.max(0, (squares / pixels - means) / 3));
}
