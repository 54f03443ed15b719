// BLEU (Papineni et al. 2002, https://aclanthology.org/P02-1040) of a whole corpus, as pycocoevalcap's "closest" has it.
import { countNGrams, LONGEST } from './n-grams.ts';

/** Length of the caption, of the reference that is closest to it, matches of each length, n-grams of each length. */
export type BleuCounts = readonly number[];

/** Keep the quotients finite; the published code adds the same. */
const [SMALL, TINY] = [1e-9, 1e-15];

/** Of one caption; those of several add up. */
export function bleuCounts(words: readonly string[], references: readonly (readonly string[])[]): BleuCounts {
  const most = references.map(countNGrams);
  const matches = countNGrams(words).map((counts, index) =>
    sum(
      [...counts].map(([gram, count]) =>
        Math.min(count, highest(most.map((one) => one[index]?.get(gram) ?? 0))),
      ),
    ),
  );
  const grams = matches.map((_, index) => Math.max(0, words.length - index));
  return [words.length, closestLength(words.length, references), ...matches, ...grams];
}

/**
 * @param total the sum of the counts
 * @param order 1 to 4
 * @returns from 0 to 1
 */
export function bleu(total: BleuCounts, order: number): number {
  const [length = 0, referenceLength = 0] = total;
  let product = 1;
  for (let index = 0; index < order; index++) {
    const [matches = 0, grams = 0] = [total[2 + index], total[2 + LONGEST + index]];
    product *= (matches + TINY) / (grams + SMALL);
  }
  const ratio = (length + TINY) / (referenceLength + SMALL);
  return product ** (1 / order) * (ratio < 1 ? Math.exp(1 - 1 / ratio) : 1);
}

/** Of two that are equally close, the shorter. */
function closestLength(length: number, references: readonly (readonly string[])[]): number {
  const lengths = references.map((words) => words.length);
  return lengths.reduce((best, next) => {
    const [far, near] = [Math.abs(best - length), Math.abs(next - length)];
    return near < far || (near === far && next < best) ? next : best;
  });
}

const sum = (values: readonly number[]) => values.reduce((total, value) => total + value, 0);
const highest = (values: readonly number[]) => values.reduce((most, value) => Math.max(most, value), 0);
