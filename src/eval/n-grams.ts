// What BLEU and CIDEr count: sequences of one to four words.

export const LONGEST = 4;

/** Of each length from 1 to LONGEST, how often each sequence of so many words is there. */
export type NGrams = readonly ReadonlyMap<string, number>[];

export function countNGrams(words: readonly string[]): NGrams {
  return Array.from({ length: LONGEST }, (_, index) => {
    const counts = new Map<string, number>();
    for (let at = 0; at + index < words.length; at++) {
      const gram = words.slice(at, at + index + 1).join(' ');
      counts.set(gram, (counts.get(gram) ?? 0) + 1);
    }
    return counts;
  });
}
