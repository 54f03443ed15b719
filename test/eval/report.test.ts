// What the rows of a table hold, made from answers that are told.
import { describe, expect, it } from 'vitest';
import type { TaskAnswer } from '../../src/eval/answer-tasks.ts';
import type { CaptionItem, Item, QuestionItem } from '../../src/eval/items.ts';
import { PROTOCOLS, promptOf, promptThatFits } from '../../src/eval/protocol.ts';
import { report } from '../../src/eval/report.ts';
import type { Answers } from '../../src/eval/results-file.ts';
import { sampleItems } from '../../src/eval/sample-items.ts';
import { renderTable } from '../../src/eval/table.ts';
import { type HistoryChoice, planTasks, taskKey } from '../../src/eval/tasks.ts';

const question = (id: number, more: Partial<QuestionItem> = {}): QuestionItem => ({
  sort: 'question',
  id: String(id),
  images: [`${id}.png`],
  question: 'What?',
  before: [],
  expected: { accepts: ['owl'] },
  ...more,
});
const caption = (id: number, references: readonly string[]): CaptionItem => ({
  sort: 'caption',
  id: String(id),
  images: [`${id}.png`],
  references,
});
const answersOf = (...answers: readonly (readonly [string, string, boolean?])[]): Answers =>
  new Map(
    answers.map(([id, answer, history = true]) => [
      taskKey(id, history),
      { id, answer, history, logprob: -1 } satisfies TaskAnswer,
    ]),
  );
const before = [{ question: 'Is there an owl?', answer: 'yes' }];

describe('the rows', () => {
  it('count all, and each kind where there are several', () => {
    const items = [question(1, { kind: 'a' }), question(2, { kind: 'a' }), question(3, { kind: 'b' })];
    const answers = answersOf(['1', 'An owl.'], ['2', 'cat'], ['3', 'cat']);
    const rows = report(items, answers, { seed: 0 });
    expect(rows.map(({ what, value, items, pictures }) => [what, value, items, pictures])).toEqual([
      ['all', expect.closeTo(100 / 3), 3, 3],
      ['a', 50, 2, 2],
      ['b', 0, 1, 1],
    ]);
    expect(rows[0]?.low).toBeLessThan(rows[0]?.value ?? 0);
    expect(rows[0]?.high).toBeGreaterThan(rows[0]?.value ?? 0);
    expect(rows[2]).not.toHaveProperty('low');
  });

  it("take VQA's accuracy where people answered", () => {
    const people = ['owl', 'owl', 'bird', 'bird', 'bird', 'bird', 'bird', 'bird', 'bird', 'bird'];
    const [row] = report([question(1, { expected: { answers: people } })], answersOf(['1', 'owl']), {
      seed: 0,
    });
    expect(row?.value).toBeCloseTo(100 * ((2 * (1 / 3) + 8 * (2 / 3)) / 10), 9);
  });

  it('tell what the turns before give, on the questions that have some alone', () => {
    const items = [question(1), question(2, { before }), question(3, { before }), question(4, { before })];
    const answers = answersOf(
      ['1', 'cat'],
      ['2', 'owl'],
      ['2', 'cat', false],
      ['3', 'owl'],
      ['3', 'owl', false],
      ['4', 'owl'],
      ['4', 'cat', false],
    );
    const rows = report(items, answers, { seed: 0 }).filter(({ group }) => group === 'memory');
    expect(rows.map(({ what, value, items }) => [what, value, items])).toEqual([
      ['with the turns before', 100, 3],
      ['without them', expect.closeTo(100 / 3), 3],
      ['what memory gives', expect.closeTo(200 / 3), 3],
    ]);
    const [, without, gives] = rows;
    // Paired: what is 100 with memory leaves nothing but the other to vary.
    expect((gives?.high ?? 0) - (gives?.low ?? 0)).toBeCloseTo((without?.high ?? 0) - (without?.low ?? 0), 9);
  });

  it('score each question as it was asked here, whatever else is known of it, and memory only where both were', () => {
    const items = [question(1), question(2, { before }), question(3, { before })];
    const answers = answersOf(
      ['1', 'owl'],
      ['2', 'owl'],
      ['2', 'cat', false],
      ['3', 'owl'],
      ['3', 'owl', false],
    );
    const told = (history: HistoryChoice) =>
      report(items, answers, { seed: 0, history }).map(({ group, what, value }) => [group, what, value]);
    expect(told('with')).toEqual([['questions', 'all', 100]]);
    expect(told('without')).toEqual([['questions', 'all', expect.closeTo(200 / 3)]]);
    expect(told('both').map(([group]) => group)).toEqual(['questions', 'memory', 'memory', 'memory']);
    expect(told('both')[0]).toEqual(['questions', 'all', 100]);
  });

  it('compare answers with the turns before with such, and answers without them with such', () => {
    const items = [question(1), question(2, { before })];
    const answers = answersOf(['1', 'owl'], ['2', 'owl'], ['2', 'owl', false]);
    const other = answersOf(['1', 'owl'], ['2', 'owl'], ['2', 'cat', false]);
    const compared = (history: HistoryChoice, than = other) =>
      report(items, answers, { seed: 0, history, other: than })
        .filter(({ group }) => group === 'compared')
        .map(({ value, items: of }) => [value, of]);
    expect(compared('with')).toEqual([[0, 2]]);
    expect(compared('without')).toEqual([[50, 2]]);
    expect(compared('both')).toEqual([[0, 2]]);
    expect(compared('with', answersOf(['1', 'owl'], ['2', 'cat', false]))).toEqual([[0, 1]]);
  });

  it('score captions together, and compare them with another run', () => {
    const items = [
      caption(1, ['a red owl sits on a tree', 'an owl on a tree']),
      caption(2, ['two dogs run on the grass']),
      caption(3, ['a plate of fish']),
    ];
    const good = answersOf(
      ['1', 'an owl on a tree'],
      ['2', 'two dogs run on the grass'],
      ['3', 'a plate of fish'],
    );
    const poor = answersOf(['1', 'an owl'], ['2', 'two cats'], ['3', 'a plate of fish']);
    const value = (rows: ReturnType<typeof report>, group: string, score: string) =>
      rows.find((row) => row.group === group && row.score === score)?.value ?? Number.NaN;
    const [best, worst] = [report(items, good, { seed: 0 }), report(items, poor, { seed: 0, other: good })];
    expect(value(best, 'captions', 'BLEU-4')).toBeCloseTo(100, 3);
    for (const score of ['BLEU-1', 'BLEU-4', 'CIDEr-D']) {
      const lost = value(worst, 'captions', score) - value(best, 'captions', score);
      expect(lost).toBeLessThan(0);
      expect(value(worst, 'compared', score)).toBeCloseTo(lost, 9);
    }
  });

  it('stand under each other in a table', () => {
    const items: Item[] = [question(1, { before }), question(2)];
    const answers = answersOf(['1', 'owl'], ['1', 'cat', false], ['2', 'owl']);
    const table = renderTable(report(items, answers, { seed: 0, other: answers }), 'other.jsonl');
    expect(table).toMatchInlineSnapshot(`
      "                                     value    95 % interval   asked   pictures
      Questions
        accuracy, all                      100.0   100.0 to 100.0       2          2
      Questions that follow others
        accuracy, with the turns before    100.0      one picture       1          1
        accuracy, without them               0.0      one picture       1          1
        accuracy, what memory gives       +100.0      one picture       1          1
      Against other.jsonl, in points
        accuracy, all                        0.0       0.0 to 0.0       2          2"
    `);
  });
});

describe('a sample', () => {
  const items = Array.from({ length: 1000 }, (_, id) => question(id));

  it('has so many, is the same with the same seed, and keeps the order', () => {
    const sample = sampleItems(items, 50, 3);
    expect(sample).toHaveLength(50);
    expect(sampleItems(items, 50, 3)).toEqual(sample);
    expect(sampleItems(items, 50, 4)).not.toEqual(sample);
    expect(sample.map(({ id }) => Number(id))).toEqual(
      sample.map(({ id }) => Number(id)).sort((a, b) => a - b),
    );
  });

  it('is everything where there is no more', () => {
    expect(sampleItems(items, 1000, 0)).toBe(items);
    expect(sampleItems(items, undefined, 0)).toBe(items);
  });

  it('takes from everywhere alike', () => {
    const counts = [0, 0];
    for (let seed = 0; seed < 40; seed++) {
      for (const { id } of sampleItems(items, 50, seed))
        counts[Number(id) < 500 ? 0 : 1] = (counts[Number(id) < 500 ? 0 : 1] ?? 0) + 1;
    }
    expect(counts[0]).toBeGreaterThan(900);
    expect(counts[0]).toBeLessThan(1100);
  });
});

describe('what is asked', () => {
  it('comes picture by picture, with the turns before and without where there are some', () => {
    const items = [question(1, { before }), question(2), question(3, { images: ['1.png'] })];
    const keys = (history: 'with' | 'without' | 'both') =>
      planTasks(items, history).map((task) => taskKey(task.item.id, task.history));
    expect(keys('both')).toEqual(['with 1', 'without 1', 'with 3', 'with 2']);
    expect(keys('with')).toEqual(['with 1', 'with 3', 'with 2']);
    expect(keys('without')).toEqual(['without 1', 'with 3', 'with 2']);
  });

  it("is BLIP-2's own prompt, or the bot's, with the turns before it", () => {
    const { blip2, bot } = PROTOCOLS;
    expect(promptOf(blip2.questionPrompt, [], 'Is it $& {}?')).toBe('Question: Is it $& {}? Short answer:');
    expect(promptOf(bot.questionPrompt, before, 'Where?')).toBe(
      'Question: Is there an owl? Answer: yes. Question: Where? Answer:',
    );
  });

  it('leaves out the oldest turns where not all fit', () => {
    const turns = [1, 2, 3].map((at) => ({ question: `Q${at}`, answer: 'a' }));
    const info = { maxPositions: 70, answerSharesWindow: true };
    const count = (room: typeof info) =>
      promptThatFits('Question: {} Answer:', { before: turns, question: 'now' }, 10, {
        info: room,
        countPromptTokens: (text) => text.length,
      });
    expect(count(info)).toBe('Question: Q3 Answer: a. Question: now Answer:');
    expect(count({ ...info, maxPositions: 10 })).toBe('Question: now Answer:');
    expect(count({ ...info, maxPositions: 1000 })).toContain('Q1');
  });
});
