// The data sets' files as they are published, and lists of one's own.
import { describe, expect, it } from 'vitest';
import { readItems } from '../../src/eval/read-items.ts';
import { dataFolder } from './data-folder.ts';
import {
  cocoFile,
  gqaQuestions,
  karpathySplits,
  nocapsFile,
  okvqaAnnotations,
  vqaAnnotations,
  vqaQuestions,
} from './published-files.ts';

const { write } = dataFolder();

describe('a published layout', () => {
  it.each([
    ['in the order that they are told in', false],
    ['the other way round', true],
  ])("reads VQAv2's two files, %s", async (_, turned) => {
    const paths = [write('v2_questions.json', vqaQuestions), write('v2_annotations.json', vqaAnnotations)];
    const { layout, items } = await readItems({ paths: turned ? paths.toReversed() : paths });
    expect(layout.name).toBe('vqav2');
    expect(items).toEqual([
      {
        sort: 'question',
        id: '42000',
        images: expect.arrayContaining(['COCO_val2014_000000000042.jpg']),
        kind: 'yes/no',
        question: 'Is it sunny?',
        before: [],
        expected: { answers: Array.from({ length: 10 }, () => 'yes') },
      },
      expect.objectContaining({
        id: '42001',
        kind: 'number',
        expected: { answers: expect.arrayContaining(['2', 'two', '3']) },
      }),
    ]);
  });

  it('reads OK-VQA with what each question is about', async () => {
    const paths = [write('q.json', vqaQuestions), write('a.json', okvqaAnnotations)];
    const { layout, items } = await readItems({ paths });
    expect(layout.name).toBe('okvqa');
    expect(items.map(({ kind }) => kind)).toEqual(['Sports and Recreation', 'Sports and Recreation']);
  });

  it('reads GQA, whose one answer is the right one', async () => {
    const { layout, items } = await readItems({
      paths: [write('testdev_balanced_questions.json', gqaQuestions)],
    });
    expect(layout.name).toBe('gqa');
    expect(items).toEqual([
      {
        sort: 'question',
        id: '201307251',
        images: ['n161313.jpg', 'images/n161313.jpg'],
        kind: 'verify',
        question: 'Is it overcast?',
        before: [],
        expected: { accepts: ['no'] },
      },
    ]);
  });

  it("reads the test split of Karpathy's, or another", async () => {
    const paths = [write('dataset_coco.json', karpathySplits)];
    const { layout, items } = await readItems({ paths });
    expect(layout.name).toBe('karpathy');
    expect(items).toEqual([
      {
        sort: 'caption',
        id: '391895',
        images: ['val2014/COCO_val2014_000000391895.jpg', 'COCO_val2014_000000391895.jpg'],
        references: ['A man with a red helmet.', 'Man riding a motor bike.'],
      },
    ]);
    expect((await readItems({ paths, split: 'train' })).items.map(({ id }) => id)).toEqual(['9']);
  });

  it('reads NoCaps with its domains', async () => {
    const { layout, items } = await readItems({
      paths: [write('nocaps_val_4500_captions.json', nocapsFile)],
    });
    expect(layout.name).toBe('nocaps');
    expect(items).toMatchObject([
      {
        sort: 'caption',
        id: '0',
        kind: 'near-domain',
        references: ['A baby is standing in front of a house.', 'A little girl in a white jacket.'],
      },
    ]);
  });

  it("reads COCO's own captions", async () => {
    const { layout, items } = await readItems({ paths: [write('captions_val2014.json', cocoFile)] });
    expect(layout.name).toBe('coco');
    expect(items).toMatchObject([{ id: '203564', references: ['A bicycle replica.'] }]);
  });
});

describe('a list of one’s own', () => {
  it('holds questions, captions and dialogues, whose turns know those before them', async () => {
    const path = write('mine.json', [
      { image: 'a.png', question: 'What?', accepts: ['owl', 'bird'], kind: 'naming' },
      { id: 'x', image: 'a.png', captions: ['an owl'] },
      {
        image: 'b.png',
        turns: [
          { question: 'One?', answers: ['no', 'yes', 'maybe', 'yes'] },
          { question: 'Two?', accepts: ['2'] },
          { question: 'Three?', accepts: ['3'] },
        ],
      },
      {
        image: 'c.png',
        question: 'Where?',
        accepts: ['left'],
        before: [{ question: 'Cat?', answer: 'yes' }],
      },
    ]);
    const { layout, items } = await readItems({ paths: [path] });
    expect(layout.name).toBe('own');
    expect(items.map(({ id, images }) => [id, images[0]])).toEqual([
      ['1', 'a.png'],
      ['x', 'a.png'],
      ['3/1', 'b.png'],
      ['3/2', 'b.png'],
      ['3/3', 'b.png'],
      ['4', 'c.png'],
    ]);
    expect(items.flatMap((item) => (item.sort === 'question' ? [item.before] : []))).toEqual([
      [],
      [],
      [{ question: 'One?', answer: 'yes' }],
      [
        { question: 'One?', answer: 'yes' },
        { question: 'Two?', answer: '2' },
      ],
      [{ question: 'Cat?', answer: 'yes' }],
    ]);
  });
});
