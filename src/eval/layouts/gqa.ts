// GQA (https://cs.stanford.edu/people/dorarad/gqa/download.html): one file of questions by id, with one answer each.
import { z } from 'zod';
import { UsageError } from '../../usage-error.ts';
import type { Item } from '../items.ts';
import { inFolders } from './coco-images.ts';
import { fieldsOf, type JsonFile, type Layout, readAs } from './layout.ts';

const file = z.record(
  z.string(),
  z.object({
    imageId: z.string(),
    question: z.string(),
    answer: z.string().optional(),
    types: z.object({ structural: z.string().nullish() }).optional(),
  }),
);

export const gqa: Layout = {
  name: 'gqa',
  protocol: 'blip2',
  fits: ([first]) => 'imageId' in fieldsOf(Object.values(fieldsOf(first?.content))[0]),
  read: ([first]) => (first === undefined ? [] : readGqa(first)),
};

function readGqa(from: JsonFile): Item[] {
  return Object.entries(readAs(file, from)).map(([id, { imageId, question, answer, types }]) => {
    if (answer === undefined) {
      throw new UsageError(
        `${from.path} has no answer to question ${id}: it is of a test split. Use the questions of testdev or val.`,
      );
    }
    return {
      sort: 'question',
      id,
      images: inFolders(`${imageId}.jpg`, 'images'),
      kind: types?.structural ?? undefined,
      question,
      before: [],
      expected: { accepts: [answer] },
    };
  });
}
