// Where the images of a data set are looked for.
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { findImages } from '../../src/eval/find-images.ts';
import { readItems } from '../../src/eval/read-items.ts';
import { dataFolder } from './data-folder.ts';
import { vqaAnnotations, vqaQuestions } from './published-files.ts';

const folder = dataFolder();
const { write } = folder;

describe('the images', () => {
  it.each([
    'COCO_val2014_000000000042.jpg',
    'val2014/COCO_val2014_000000000042.jpg',
    '000000000042.jpg',
    'val2017/000000000042.jpg',
  ])('of COCO are found as %s', async (name) => {
    const { items } = await readItems({
      paths: [write('q.json', vqaQuestions), write('a.json', vqaAnnotations)],
    });
    const path = write(name, 'image');
    expect([...findImages(items, folder.path).values()]).toEqual([path]);
  });

  it('are counted where they are missing, before any is asked about', async () => {
    const path = write('mine.json', [
      { image: 'here.png', captions: ['a'] },
      { image: 'gone.png', captions: ['a'] },
      { image: 'lost.png', captions: ['a'] },
    ]);
    write('here.png', 'image');
    const { items } = await readItems({ paths: [path] });
    expect(() => findImages(items, folder.path)).toThrow(
      `${join(folder.path, 'gone.png')} does not exist; 2 of 3 images are missing. Name the folder that holds the images with --images.`,
    );
  });
});
