// BLEU and CIDEr-D beside pycocoevalcap, on what it made of the same captions: test/oracle/make_eval_goldens.py.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { bleu, bleuCounts } from '../../src/eval/bleu.ts';
import { captionWords } from '../../src/eval/caption-words.ts';
import { ciderScores } from '../../src/eval/cider.ts';

interface Golden {
  readonly words: Record<string, string>;
  readonly cases: { caption: string; references: string[]; words: string; referenceWords: string[] }[];
  readonly scores: Record<string, { chosen: number[]; bleu: number[]; cider: number; each: number[] }>;
}
const golden: Golden = JSON.parse(
  readFileSync(join(import.meta.dirname, '..', 'goldens', 'eval', 'captions.json'), 'utf8'),
);
const split = (words: string) => words.split(' ').filter((word) => word !== '');

describe('the words of a caption', () => {
  it.each(Object.entries(golden.words))('are those of the PTB tokenizer: %s', (caption, words) => {
    expect(captionWords(caption)).toEqual(split(words));
  });

  it('are those of the PTB tokenizer in each caption that is scored', () => {
    const told = golden.cases.flatMap(({ caption, references }) => [caption, ...references]);
    const expected = golden.cases.flatMap(({ words, referenceWords }) => [words, ...referenceWords]);
    expect(told.length).toBeGreaterThan(30);
    expect(told.map(captionWords)).toEqual(expected.map(split));
  });
});

describe.each(Object.entries(golden.scores))('captions of %s', (_, { chosen, ...expected }) => {
  const captions = chosen.map((index) => {
    const { words = '', referenceWords = [] } = golden.cases[index] ?? {};
    return { words: split(words), references: referenceWords.map(split) };
  });

  it('have the published BLEU, from one word to four', () => {
    const counts = captions.map(({ words, references }) => bleuCounts(words, references));
    const total = counts.reduce((sum, one) => sum.map((value, at) => value + (one[at] ?? 0)));
    [1, 2, 3, 4].forEach((order) => {
      expect(bleu(total, order)).toBeCloseTo(expected.bleu[order - 1] ?? Number.NaN, 9);
    });
  });

  it('have the published CIDEr-D, each of them', () => {
    const scores = ciderScores(captions);
    expect(scores).toHaveLength(expected.each.length);
    scores.forEach((score, at) => {
      expect(score).toBeCloseTo(expected.each[at] ?? Number.NaN, 9);
    });
    const mean = scores.reduce((sum, score) => sum + score, 0) / scores.length;
    expect(mean).toBeCloseTo(expected.cider, 9);
  });
});
