// Where the images of a data set are looked for.
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeEach, describe, expect, it } from 'vitest';
import { findImages } from '../../src/eval/find-images.ts';
import { readItems } from '../../src/eval/read-items.ts';
import { vqaAnnotations, vqaQuestions } from './published-files.ts';
import { writeInto } from './write-into.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'blipcord-layouts-'));
});

const write = (name: string, content: unknown) => writeInto(folder, name, content);

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
    expect([...findImages(items, folder).values()]).toEqual([path]);
  });

  it('are counted where they are missing, before any is asked about', async () => {
    const path = write('mine.json', [
      { image: 'here.png', captions: ['a'] },
      { image: 'gone.png', captions: ['a'] },
      { image: 'lost.png', captions: ['a'] },
    ]);
    write('here.png', 'image');
    const { items } = await readItems({ paths: [path] });
    expect(() => findImages(items, folder)).toThrow(
      `${join(folder, 'gone.png')} does not exist; 2 of 3 images are missing. Name the folder that holds the images with --images.`,
    );
  });
});
