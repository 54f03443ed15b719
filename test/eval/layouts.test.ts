// The data sets' files as they are published, two or three entries of each, and what may be wrong with them.
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { findImages } from '../../src/eval/find-images.ts';
import { readItems } from '../../src/eval/read-items.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'blipcord-layouts-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

function write(name: string, content: unknown): string {
  const path = join(folder, name);
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, typeof content === 'string' ? content : JSON.stringify(content));
  return path;
}

const people = (answers: readonly string[]) =>
  Array.from({ length: 10 }, (_, at) => ({
    answer: answers[at % answers.length],
    answer_confidence: 'yes',
    answer_id: at + 1,
  }));

const vqaQuestions = {
  info: { description: 'This is v2.0 of the VQA dataset.', version: '2.0', year: 2017 },
  task_type: 'Open-Ended',
  data_type: 'mscoco',
  license: { name: 'CC BY 4.0' },
  data_subtype: 'val2014',
  questions: [
    { image_id: 42, question: 'Is it sunny?', question_id: 42000 },
    { image_id: 42, question: 'How many dogs are there?', question_id: 42001 },
  ],
};
const vqaAnnotations = {
  info: vqaQuestions.info,
  data_type: 'mscoco',
  data_subtype: 'val2014',
  license: vqaQuestions.license,
  annotations: [
    {
      question_type: 'how many',
      multiple_choice_answer: '2',
      answers: people(['2', 'two', '3']),
      image_id: 42,
      answer_type: 'number',
      question_id: 42001,
    },
    {
      question_type: 'is it',
      multiple_choice_answer: 'yes',
      answers: people(['yes']),
      image_id: 42,
      answer_type: 'yes/no',
      question_id: 42000,
    },
  ],
};
const okvqaAnnotations = {
  ...vqaAnnotations,
  annotations: vqaAnnotations.annotations.map((one) => ({
    ...one,
    question_type: 'four',
    answer_type: 'other',
    confidence: 3,
    answers: one.answers.map((answer) => ({ ...answer, raw_answer: answer.answer })),
  })),
  question_types: { four: 'Sports and Recreation', one: 'Vehicles and Transportation' },
};
const gqaQuestions = {
  '201307251': {
    semantic: [{ operation: 'select', dependencies: [], argument: 'scene' }],
    entailed: [],
    equivalent: ['201307251'],
    question: 'Is it overcast?',
    imageId: 'n161313',
    isBalanced: true,
    groups: { global: null, local: '13-weather' },
    answer: 'no',
    semanticStr: 'select: scene->verify weather: overcast [0]',
    annotations: { answer: {}, question: {}, fullAnswer: {} },
    types: { detailed: 'weatherVerify', semantic: 'global', structural: 'verify' },
    fullAnswer: 'No, it is clear.',
  },
};
const karpathySplits = {
  dataset: 'coco',
  images: [
    {
      filepath: 'val2014',
      sentids: [770337, 771687],
      filename: 'COCO_val2014_000000391895.jpg',
      imgid: 0,
      split: 'test',
      sentences: [
        { tokens: ['a', 'man'], raw: 'A man with a red helmet.', imgid: 0, sentid: 770337 },
        { tokens: ['a', 'man'], raw: 'Man riding a motor bike.', imgid: 0, sentid: 771687 },
      ],
      cocoid: 391895,
    },
    {
      filepath: 'train2014',
      sentids: [1],
      filename: 'COCO_train2014_000000000009.jpg',
      imgid: 1,
      split: 'train',
      sentences: [{ tokens: ['food'], raw: 'Food.', imgid: 1, sentid: 1 }],
      cocoid: 9,
    },
  ],
};
const nocapsFile = {
  licenses: [],
  info: { description: 'nocaps validation' },
  images: [
    {
      license: 0,
      id: 0,
      open_images_id: '0013ea2087020901',
      width: 1024,
      height: 732,
      coco_url: 'https://example.com/val/0013ea2087020901.jpg',
      date_captured: '2018-11-06',
      file_name: '0013ea2087020901.jpg',
      domain: 'near-domain',
    },
  ],
  annotations: [
    { id: 0, image_id: 0, caption: 'A baby is standing in front of a house.' },
    { id: 1, image_id: 0, caption: 'A little girl in a white jacket.' },
  ],
};
const cocoFile = {
  info: {},
  images: [{ license: 5, file_name: 'COCO_val2014_000000203564.jpg', id: 203564, height: 400, width: 600 }],
  licenses: [],
  annotations: [{ image_id: 203564, id: 37, caption: 'A bicycle replica.' }],
};

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

describe('what is wrong with a file', () => {
  const image = { image: 'a.png' };
  const lacking = { ...vqaAnnotations, annotations: vqaAnnotations.annotations.slice(1) };
  const moved = {
    ...vqaAnnotations,
    annotations: vqaAnnotations.annotations.map((one) => ({ ...one, image_id: 7 })),
  };
  const unanswered = { '1': { ...gqaQuestions['201307251'], answer: undefined } };
  it.each<[string, unknown[], string]>([
    ['no JSON', ['{"a": '], 'is no JSON'],
    ['another file', [{ a: 1 }], 'is of no layout that is known. blipcord eval --help shows'],
    ['an empty list', [[]], 'The list is empty'],
    ['no answer', [[{ ...image, question: 'What?' }]], 'entry 1: Name either "answers" or "accepts"'],
    ['no question', [[image]], 'entry 1: question: Use a text'],
    [
      'few people',
      [[{ ...image, question: 'What?', answers: ['a'] }]],
      'answers: Name what at least 4 people answered, or use "accepts"',
    ],
    ['a strange field', [[{ ...image, captions: ['a'], refs: [] }]], 'entry 1: Unrecognized key: "refs"'],
    ['an empty caption', [[{ ...image, captions: [''] }]], "captions.0: Use a text that isn't empty"],
    [
      'an id twice',
      [
        [
          { ...image, id: 5, captions: ['a'] },
          { ...image, id: '5', captions: ['b'] },
        ],
      ],
      'has the id "5" twice. Give each its own.',
    ],
    ['questions alone', [vqaQuestions], 'holds questions alone. Name the file of annotations beside it'],
    ['answers alone', [vqaAnnotations], 'holds answers alone. Name the file of questions beside it'],
    [
      'a second file where there is one',
      [cocoFile, gqaQuestions],
      'The layout coco has one file, and two are named. Leave',
    ],
    ['questions without answers', [vqaQuestions, lacking], 'has no answers to question 42001 of'],
    [
      'answers of another split',
      [vqaQuestions, moved],
      'Question 42000 (and 1 other) is about another image in',
    ],
    ['a wrong field', [{ ...vqaQuestions, data_subtype: 5 }, vqaAnnotations], 'data_subtype: '],
    ['GQA of a test split', [unanswered], 'has no answer to question 1: it is of a test split.'],
    [
      'a caption of no image',
      [{ ...cocoFile, annotations: [...cocoFile.annotations, { image_id: 5, id: 3, caption: 'A.' }] }],
      'has captions of image 5, which it does not list.',
    ],
    [
      'NoCaps of a test split',
      [{ ...nocapsFile, annotations: undefined }],
      'has no captions of image 0. Those of a test split',
    ],
  ])('is told: %s', async (_, contents, says) => {
    const paths = contents.map((content, at) => write(`file${at}.json`, content));
    const error = await readItems({ paths }).catch((one: unknown) => one);
    expect(error).toMatchObject({ name: 'UsageError', message: expect.stringContaining(says) });
    expect((error as Error).message).toContain(folder);
  });

  it('is told of a split that is not there, with those that are', async () => {
    const paths = [write('dataset_coco.json', karpathySplits)];
    await expect(readItems({ paths, split: 'dev' })).rejects.toThrow(
      'has no split "dev". Use --split with one of: test, train.',
    );
  });

  it('is told of a split where there is none, and of a layout that the file does not have', async () => {
    const paths = [write('captions.json', cocoFile)];
    await expect(readItems({ paths, split: 'val' })).rejects.toThrow('--split is for the layout karpathy');
    await expect(readItems({ paths, layout: 'gqa' })).rejects.toThrow(/imageId|object/);
  });

  it('is told of a file that is missing or a folder', async () => {
    await expect(readItems({ paths: [join(folder, 'absent.json')] })).rejects.toThrow(
      'does not exist. Check its name.',
    );
    await expect(readItems({ paths: [folder] })).rejects.toThrow('is a folder. Name the file');
  });
});

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
