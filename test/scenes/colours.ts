// The backgrounds that the embedded checkpoint can tell apart, and which shades count as each.
import type { Random } from '../conversation/random.ts';

/** Hue in degrees, saturation, lightness in percent: from, to. */
const shades: Readonly<Record<string, readonly [Range, Range, Range]>> = {
  red: [
    [-4, 5],
    [80, 100],
    [38, 50],
  ],
  orange: [
    [24, 34],
    [85, 100],
    [48, 55],
  ],
  yellow: [
    [51, 59],
    [85, 100],
    [50, 65],
  ],
  green: [
    [100, 140],
    [45, 80],
    [28, 45],
  ],
  blue: [
    [208, 234],
    [60, 95],
    [32, 55],
  ],
  purple: [
    [267, 286],
    [45, 80],
    [30, 50],
  ],
  pink: [
    [320, 343],
    [75, 100],
    [72, 85],
  ],
  white: [
    [0, 359],
    [0, 10],
    [97, 100],
  ],
  black: [
    [0, 359],
    [0, 10],
    [0, 7],
  ],
  gray: [
    [0, 359],
    [0, 3],
    [42, 66],
  ],
  brown: [
    [19, 29],
    [40, 62],
    [20, 33],
  ],
  'light blue': [
    [193, 212],
    [65, 95],
    [80, 88],
  ],
};
type Range = readonly [number, number];

export const colours = Object.keys(shades);

/** One shade of the colour, as SVG writes it. */
export function shadeOf(random: Random, colour: string): string {
  const ranges = shades[colour];
  if (ranges === undefined) throw new RangeError(`"${colour}" is none of: ${colours.join(', ')}.`);
  const [hue, saturation, lightness] = ranges.map(([from, to]) => from + random.below(to - from + 1));
  return `hsl(${((hue ?? 0) + 360) % 360} ${saturation}% ${lightness}%)`;
}
