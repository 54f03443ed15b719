// VQA's accuracy beside its published code, on what that code made of the same answers: test/oracle/make_eval_goldens.py.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { exactAccuracy, vqaAccuracy } from '../../src/eval/vqa-accuracy.ts';
import { normaliseAnswer } from '../../src/eval/vqa-answer.ts';

const golden: {
  normalised: Record<string, string>;
  accuracies: { answer: string; people: string[]; accuracy: number }[];
} = JSON.parse(readFileSync(join(import.meta.dirname, '..', 'goldens', 'eval', 'vqa.json'), 'utf8'));

describe('an answer', () => {
  it('is normalised as by the published code, contractions, numbers, articles and punctuation', () => {
    const texts = Object.keys(golden.normalised);
    expect(texts.length).toBeGreaterThan(300);
    expect(Object.fromEntries(texts.map((text) => [text, normaliseAnswer(text)]))).toEqual(golden.normalised);
  });

  it('is no property of an object by its name', () => {
    expect(normaliseAnswer('constructor toString')).toBe('constructor tostring');
  });
});

describe('the accuracy', () => {
  it.each(golden.accuracies)('of $answer is the published one', ({ answer, people, accuracy }) => {
    expect(100 * vqaAccuracy(answer, people)).toBeCloseTo(accuracy, 6);
  });

  it('is a mean over ten that leave one person out each', () => {
    const people = ['cat', 'cat', 'cat', ...Array.from({ length: 7 }, () => 'dog')];
    expect(vqaAccuracy('cat', people)).toBeCloseTo((3 * (2 / 3) + 7) / 10, 12);
  });
});

describe('an exact answer', () => {
  it('may be any of those that are accepted, whatever its articles', () => {
    expect(exactAccuracy('The two Owls.', ['an owl', '2 owls'])).toBe(1);
    expect(exactAccuracy('owls', ['an owl', '2 owls'])).toBe(0);
  });
});
