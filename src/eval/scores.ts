// What a set of answers is worth, made of parts that add up over pictures.
import { bleu, bleuCounts } from './bleu.ts';
import { captionWords } from './caption-words.ts';
import { ciderScores } from './cider.ts';
import type { CaptionItem, QuestionItem } from './items.ts';
import { exactAccuracy, vqaAccuracy } from './vqa-accuracy.ts';

export interface Score {
  readonly name: string;
  /** Of each item; they add up. */
  readonly parts: readonly (readonly number[])[];
  /** Of their sum, from 0 to 100 (CIDEr-D: to 1000), as papers write it. */
  readonly value: (total: readonly number[]) => number;
}

export interface Answered<T> {
  readonly item: T;
  readonly answer: string;
}

/** VQA's accuracy where several people answered, else whether the answer is one of those that are right. */
export function accuracyScore(answered: readonly Answered<QuestionItem>[]): Score {
  const parts = answered.map(({ item: { expected }, answer }) => [
    'answers' in expected ? vqaAccuracy(answer, expected.answers) : exactAccuracy(answer, expected.accepts),
    1,
  ]);
  return { name: 'accuracy', parts, value: mean };
}

/** BLEU-1 to BLEU-4 and CIDEr-D, for which the captions of all pictures are needed. */
export function captionScores(answered: readonly Answered<CaptionItem>[]): Score[] {
  const captions = answered.map(({ item, answer }) => ({
    words: captionWords(answer),
    references: item.references.map(captionWords),
  }));
  const counts = captions.map(({ words, references }) => bleuCounts(words, references));
  const bleus = [1, 2, 3, 4].map((order) => ({
    name: `BLEU-${order}`,
    parts: counts,
    value: (total: readonly number[]) => 100 * bleu(total, order),
  }));
  return [
    ...bleus,
    { name: 'CIDEr-D', parts: ciderScores(captions).map((score) => [score, 1]), value: mean },
  ];
}

/** How much higher the first is, with the same items. */
export function difference(one: Score, other: Score): Score {
  const cut = one.parts[0]?.length ?? 0;
  return {
    name: one.name,
    parts: one.parts.map((part, index) => [...part, ...(other.parts[index] ?? [])]),
    value: (total) => one.value(total.slice(0, cut)) - other.value(total.slice(cut)),
  };
}

const mean = ([sum = 0, count = 0]: readonly number[]) => (100 * sum) / count;
