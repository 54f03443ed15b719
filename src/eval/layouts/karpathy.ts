// Karpathy's splits of COCO and Flickr (https://cs.stanford.edu/people/karpathy/deepimagesent): one file with all splits.
import { z } from 'zod';
import { UsageError } from '../../usage-error.ts';
import type { Item } from '../items.ts';
import { fieldsOf, firstOf, type JsonFile, type Layout, readAs } from './layout.ts';

const file = z.object({
  images: z.array(
    z.object({
      filename: z.string(),
      /** COCO's alone have one: train2014 or val2014. */
      filepath: z.string().optional(),
      imgid: z.int(),
      cocoid: z.int().optional(),
      split: z.string(),
      sentences: z.array(z.object({ raw: z.string() })).min(1),
    }),
  ),
});

export const karpathy: Layout = {
  name: 'karpathy',
  protocol: 'blip2',
  fits: ([first]) => 'sentences' in fieldsOf(firstOf(fieldsOf(first?.content).images)),
  read: ([first], { split = 'test' }) => (first === undefined ? [] : readSplit(first, split)),
};

function readSplit(from: JsonFile, split: string): Item[] {
  const { images } = readAs(file, from);
  const chosen = images.filter((image) => image.split === split);
  if (chosen.length === 0) {
    const splits = [...new Set(images.map((image) => image.split))].sort();
    throw new UsageError(
      `${from.path} has no split "${split}". Use --split with one of: ${splits.join(', ')}.`,
    );
  }
  return chosen.map(({ filename, filepath, imgid, cocoid, sentences }) => ({
    sort: 'caption',
    id: String(cocoid ?? imgid),
    images: [...(filepath === undefined ? [] : [`${filepath}/${filename}`]), filename],
    references: sentences.map(({ raw }) => raw),
  }));
}
