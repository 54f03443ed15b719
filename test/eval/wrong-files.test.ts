// What may be wrong with a data set's files is told, with a remedy.
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { readItems } from '../../src/eval/read-items.ts';
import { dataFolder } from './data-folder.ts';
import {
  cocoFile,
  gqaQuestions,
  karpathySplits,
  nocapsFile,
  vqaAnnotations,
  vqaQuestions,
} from './published-files.ts';

const folder = dataFolder();
const { write } = folder;

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
    expect((error as Error).message).toContain(folder.path);
  });

  it('is told of the file that it is wrong with, be it the second', async () => {
    const paths = [write('other.json', { a: 1 }), write('annotations.json', vqaAnnotations)];
    await expect(readItems({ paths })).rejects.toThrow(
      `${paths[1]} holds answers alone. Name the file of questions beside it`,
    );
    const again = [write('other.json', { a: 1 }), write('questions.json', vqaQuestions)];
    await expect(readItems({ paths: again })).rejects.toThrow(`${again[1]} holds questions alone.`);
    await expect(readItems({ paths: paths.slice(0, 1), layout: 'vqav2' })).rejects.toThrow(
      `${paths[0]} holds neither questions nor answers of VQA.`,
    );
  });

  it.each([
    ['a picture', Buffer.from('\x89PNG\r\n\x1a\n\0\0\0\rIHDR', 'latin1')],
    ['a packed file', gzipSync('[]')],
    ['a text in UTF-16', Buffer.from('[]', 'utf16le')],
  ])('is told without the bytes of %s', async (_, bytes) => {
    const path = join(folder.path, 'file.json');
    writeFileSync(path, bytes);
    await expect(readItems({ paths: [path] })).rejects.toMatchObject({
      name: 'UsageError',
      message: `${path} holds no JSON. Name the file of questions or captions, unpacked.`,
    });
  });

  it('is told in one line', async () => {
    const paths = [write('file.json', 'not\nso\n')];
    await expect(readItems({ paths })).rejects.toThrow(/^[^\n]* is no JSON \([^\n]*\)\. [^\n]*$/);
  });

  it('is not that it begins with a byte order mark', async () => {
    const paths = [write('file.json', `\uFEFF${JSON.stringify([{ ...image, captions: ['a'] }])}`)];
    expect((await readItems({ paths })).items).toHaveLength(1);
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
    await expect(readItems({ paths: [join(folder.path, 'absent.json')] })).rejects.toThrow(
      'does not exist. Check its name.',
    );
    await expect(readItems({ paths: [folder.path] })).rejects.toThrow('is a folder. Name the file');
  });
});
