// How far a score would move with other pictures: a percentile bootstrap (Efron 1979,
// https://doi.org/10.1214/aos/1176344552) over pictures, since answers about one picture go right and wrong together.

export interface Interval {
  readonly low: number;
  readonly high: number;
}

const RESAMPLES = 1000;
const OUTSIDE = 0.025; // on each side

/**
 * @param parts of each picture the same numbers, which add up to what the score is made of
 * @param score of such a sum
 * @returns where 95 % of the resamples lie; undefined for a single picture, which tells nothing about others
 */
export function bootstrap(
  parts: readonly (readonly number[])[],
  score: (total: readonly number[]) => number,
  seed: number,
): Interval | undefined {
  if (parts.length < 2) return undefined;
  const width = parts[0]?.length ?? 0;
  const table = Float64Array.from(parts.flat()); // (pictures, width)
  const drawBelow = seededDraws(seed);
  const scores = Float64Array.from({ length: RESAMPLES }, () =>
    score(drawTotal(table, width, drawBelow)),
  ).sort();
  const at = (share: number) => scores[Math.round(share * (RESAMPLES - 1))] ?? Number.NaN;
  return { low: at(OUTSIDE), high: at(1 - OUTSIDE) };
}

/** As many pictures as there are, each of them any number of times. */
function drawTotal(table: Float64Array, width: number, drawBelow: (end: number) => number): number[] {
  const total = new Float64Array(width);
  const pictures = table.length / width;
  for (let drawn = 0; drawn < pictures; drawn++) {
    const from = width * drawBelow(pictures);
    for (let at = 0; at < width; at++) total[at] = (total[at] ?? 0) + (table[from + at] ?? 0);
  }
  return [...total];
}

/** Whole numbers below `end`, by mulberry32: there are tens of millions to draw for a large data set. */
function seededDraws(seed: number): (end: number) => number {
  let state = seed | 0;
  return (end) => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return Math.floor((((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32) * end);
  };
}
