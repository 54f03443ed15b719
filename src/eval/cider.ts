// CIDEr-D (Vedantam et al. 2015, https://arxiv.org/abs/1411.5726) as pycocoevalcap has it: how rare an n-gram is, is
// counted in the references of the captions that are scored.
import { countNGrams, LONGEST, type NGrams } from './n-grams.ts';

export interface CaptionWords {
  readonly words: readonly string[];
  readonly references: readonly (readonly string[])[];
}

/** Of the Gaussian that a difference in length is punished with. */
const SIGMA = 6;

interface Vector {
  /** Of each length: n-gram to how often it is there times how rare it is. */
  readonly weights: readonly ReadonlyMap<string, number>[];
  readonly norms: readonly number[];
  /** In pairs of words, as the published code counts it. */
  readonly length: number;
}

/** @returns of each caption, from 0 to 10; CIDEr-D is their mean */
export function ciderScores(captions: readonly CaptionWords[]): number[] {
  const references = captions.map((caption) => caption.references.map(countNGrams));
  const pictures = countPictures(references);
  const rarity = (gram: string) => Math.log(captions.length) - Math.log(Math.max(1, pictures.get(gram) ?? 0));
  return captions.map(({ words }, index) => {
    const vector = weigh(countNGrams(words), rarity);
    const others = (references[index] ?? []).map((grams) => weigh(grams, rarity));
    const similarity = others.reduce((sum, other) => sum + compare(vector, other), 0);
    return (10 * similarity) / LONGEST / others.length;
  });
}

/** Of how many pictures some reference has the n-gram. */
function countPictures(references: readonly (readonly NGrams[])[]): Map<string, number> {
  const pictures = new Map<string, number>();
  for (const captions of references) {
    const grams = new Set(captions.flatMap((counts) => counts.flatMap((ofLength) => [...ofLength.keys()])));
    for (const gram of grams) pictures.set(gram, (pictures.get(gram) ?? 0) + 1);
  }
  return pictures;
}

function weigh(grams: NGrams, rarity: (gram: string) => number): Vector {
  const weights = grams.map(
    (counts) => new Map([...counts].map(([gram, count]) => [gram, count * rarity(gram)])),
  );
  const norms = weights.map((ofLength) =>
    Math.sqrt([...ofLength.values()].reduce((sum, one) => sum + one ** 2, 0)),
  );
  const length = [...(grams[1]?.values() ?? [])].reduce((sum, count) => sum + count, 0);
  return { weights, norms, length };
}

/** The cosines of all lengths added up; what a caption says more often than the reference does not count. */
function compare(caption: Vector, reference: Vector): number {
  let sum = 0;
  caption.weights.forEach((weights, index) => {
    let product = 0;
    for (const [gram, weight] of weights) {
      const other = reference.weights[index]?.get(gram) ?? 0;
      product += Math.min(weight, other) * other;
    }
    const norms = (caption.norms[index] ?? 0) * (reference.norms[index] ?? 0);
    sum += norms === 0 ? product : product / norms;
  });
  return sum * Math.exp(-((caption.length - reference.length) ** 2) / (2 * SIGMA ** 2));
}
