// The rows of an evaluation's table: scores of all and of each kind, what the turns before are worth, and how far another
// run's answers to the same questions were better.
import { bootstrap } from './bootstrap.ts';
import type { CaptionItem, Item, QuestionItem } from './items.ts';
import type { Answers } from './results-file.ts';
import { type Answered, accuracyScore, captionScores, difference, type Score } from './scores.ts';
import { type HistoryChoice, hasHistory, scoredWithHistory, taskKey } from './tasks.ts';

export interface Row {
  readonly group: 'questions' | 'captions' | 'memory' | 'compared';
  readonly score: string;
  /** Which of the items. */
  readonly what: string;
  /** As papers write it: 100 is all. Of a difference, in points. */
  readonly value: number;
  /** 95 % of the resamples lie there; absent where there is a single picture. */
  readonly low?: number;
  readonly high?: number;
  readonly items: number;
  readonly pictures: number;
}

export interface ReportOptions {
  readonly seed: number;
  /** What was asked for; answers may hold more. Default: `both`, of which those with the turns before count. */
  readonly history?: HistoryChoice;
  /** Another run's answers to the same. */
  readonly other?: Answers | undefined;
}

export function report(items: readonly Item[], answers: Answers, options: ReportOptions): Row[] {
  const { seed, history = 'both', other } = options;
  const row = (group: Row['group'], what: string, of: readonly Item[], score: Score) =>
    rowOf({ group, what }, of, score, seed);
  const questions = items.filter((item) => item.sort === 'question');
  const captions = items.filter((item) => item.sort === 'caption');
  return [
    ...groupsOf(questions).flatMap(([what, group]) =>
      scoresOf(group, answers, history).map((score) => row('questions', what, group, score)),
    ),
    ...(history === 'both' ? memoryRows(questions.filter(hasHistory), answers, row) : []),
    ...groupsOf(captions).flatMap(([what, group]) =>
      scoresOf(group, answers, history).map((score) => row('captions', what, group, score)),
    ),
    ...(other === undefined ? [] : comparedRows([questions, captions], { answers, other, history }, row)),
  ];
}

type MakeRow = (group: Row['group'], what: string, of: readonly Item[], score: Score) => Row;

/** All, and where there are several kinds, each. */
function groupsOf<T extends Item>(items: readonly T[]): [string, readonly T[]][] {
  if (items.length === 0) return [];
  const kinds = new Map<string, T[]>();
  for (const item of items) {
    const kind = item.kind ?? 'others';
    const group = kinds.get(kind) ?? [];
    group.push(item);
    kinds.set(kind, group);
  }
  return [['all', items], ...(kinds.size > 1 ? [...kinds] : [])];
}

/** The same questions with the turns before and without. */
function memoryRows(followUps: readonly QuestionItem[], answers: Answers, row: MakeRow): Row[] {
  const told = followUps.filter(
    ({ id }) => answers.has(taskKey(id, true)) && answers.has(taskKey(id, false)),
  );
  if (told.length === 0) return [];
  const [remembering, forgetting] = [true, false].map((history) =>
    accuracyScore(
      told.map((item) => ({ item, answer: answers.get(taskKey(item.id, history))?.answer ?? '' })),
    ),
  ) as [Score, Score];
  return [
    row('memory', 'with the turns before', told, remembering),
    row('memory', 'without them', told, forgetting),
    row('memory', 'what memory gives', told, difference(remembering, forgetting)),
  ];
}

interface Compared {
  readonly answers: Answers;
  readonly other: Answers;
  readonly history: HistoryChoice;
}

function comparedRows(
  groups: readonly (readonly Item[])[],
  { answers, other, history }: Compared,
  row: MakeRow,
): Row[] {
  return groups.flatMap((group) => {
    const both = group.filter(
      (item) =>
        answerTo(item, answers, history) !== undefined && answerTo(item, other, history) !== undefined,
    );
    if (both.length === 0) return [];
    const before = scoresOf(both, other, history);
    return scoresOf(both, answers, history).flatMap((score, index) => {
      const than = before[index];
      return than === undefined ? [] : [row('compared', 'all', both, difference(score, than))];
    });
  });
}

function scoresOf(items: readonly Item[], answers: Answers, history: HistoryChoice): Score[] {
  const answered = items.map((item) => ({ item, answer: answerTo(item, answers, history) ?? '' }));
  return items[0]?.sort === 'caption'
    ? captionScores(answered as Answered<CaptionItem>[])
    : [accuracyScore(answered as Answered<QuestionItem>[])];
}

function answerTo(item: Item, answers: Answers, history: HistoryChoice): string | undefined {
  return answers.get(taskKey(item.id, scoredWithHistory(item, history)))?.answer;
}

function rowOf(name: Pick<Row, 'group' | 'what'>, items: readonly Item[], score: Score, seed: number): Row {
  const pictures = new Map<string, readonly number[]>();
  items.forEach(({ images }, index) => {
    const part = score.parts[index] ?? [];
    const sum = pictures.get(images[0] ?? '');
    pictures.set(images[0] ?? '', sum === undefined ? part : sum.map((value, at) => value + (part[at] ?? 0)));
  });
  const parts = [...pictures.values()];
  const total = parts.reduce((sum, part) => sum.map((value, at) => value + (part[at] ?? 0)));
  const interval = bootstrap(parts, score.value, seed);
  return {
    ...name,
    score: score.name,
    value: score.value(total),
    ...interval,
    items: items.length,
    pictures: parts.length,
  };
}
