import { seededRandom } from '../../models/generation/random.ts';
import type { Item } from './items.ts';

/** So many of them, drawn by the seed, in their order; all where there are no more. */
export function sampleItems(
  items: readonly Item[],
  limit: number | undefined,
  seed: number,
): readonly Item[] {
  if (limit === undefined || limit >= items.length) return items;
  const random = seededRandom(seed);
  let wanted = limit;
  // Each is taken with the chance that the rest is filled with: Knuth, The Art of Computer Programming 3.4.2, algorithm S.
  return items.filter((_, index) => {
    const taken = random() * (items.length - index) < wanted;
    if (taken) wanted--;
    return taken;
  });
}
