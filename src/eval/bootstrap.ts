// How far a score would move with other pictures: a percentile bootstrap (Efron 1979,
// https://doi.org/10.1214/aos/1176344552) over pictures, since answers about one picture go right and wrong together.
import { seededRandom } from '../../models/generation/random.ts';

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
  const random = seededRandom(seed);
  const scores = Float64Array.from({ length: RESAMPLES }, () => score(drawTotal(parts, random))).sort();
  const at = (share: number) => scores[Math.round(share * (RESAMPLES - 1))] ?? Number.NaN;
  return { low: at(OUTSIDE), high: at(1 - OUTSIDE) };
}

/** As many pictures as there are, each of them any number of times. */
function drawTotal(parts: readonly (readonly number[])[], random: () => number): number[] {
  const total = (parts[0] ?? []).map(() => 0);
  for (let drawn = 0; drawn < parts.length; drawn++) {
    const part = parts[Math.floor(random() * parts.length)] ?? [];
    for (let at = 0; at < total.length; at++) total[at] = (total[at] ?? 0) + (part[at] ?? 0);
  }
  return total;
}
