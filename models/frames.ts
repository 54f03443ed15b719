// Which frame of an animation is looked at: the one that is asked for, or else one that shows what it is about.
import { type Animation, openAnimation } from './animation.ts';
import type { FrameChoice, FramePlace } from './backend.ts';
import { FrameError } from './errors.ts';
import { DEFAULT_MAX_PIXELS, type ImageLimits } from './preprocess-decode.ts';
import { problem } from './problems.ts';

export interface ChosenFrame {
  /** From 0. */
  readonly page: number;
  /** Absent for a picture at rest. */
  readonly frame?: FramePlace;
}

/** @throws FrameError where there is no such frame, or none within the limits */
export async function chooseFrame(
  image: Uint8Array,
  choice: FrameChoice | undefined,
  { maxPixels = DEFAULT_MAX_PIXELS }: ImageLimits = {},
): Promise<ChosenFrame> {
  const animation = await openAnimation(image);
  if (!animation || animation.count <= 1) return atRest(choice);
  const { width, height, count, mostPixels } = animation;
  // What is too large is refused by whoever decodes it.
  if (width * height > maxPixels) return atRest(choice);
  if (!choice) return placed(await representative(animation), count);
  const number = numberOf(choice, count);
  const reachable = Math.floor(mostPixels / (width * height));
  if (number > count) throw new FrameError(problem('frameBeyond', { number, frames: count }));
  if (number > reachable) throw new FrameError(problem('frameTooFar', { number, reachable }));
  return placed(number, count);
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
async function representative(animation: Animation): Promise<number> {
  const { count, width, height } = animation;
  const [first = 0] = await contrasts(animation, 1);
  if (first >= VISIBLE) return 1;
  const compared = Math.min(count, MOST_COMPARED, Math.floor(MOST_PIXELS_COMPARED / (width * height)));
  if (compared < 2) return 1;
  const all = await contrasts(animation, compared);
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
async function contrasts(animation: Animation, frames: number): Promise<number[]> {
  try {
    const levels = await animation.levels(frames);
    const size = levels.length / frames;
    return Array.from({ length: frames }, (_, page) =>
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
