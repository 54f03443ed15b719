// What another run answered to the same questions, refused where there would be nothing to compare.
import { UsageError } from '../usage-error.ts';
import type { Item } from './items.ts';
import { type Answers, readResults } from './results-file.ts';
import { hashItems } from './run-header.ts';
import { type HistoryChoice, hasHistory, scoredWithHistory, taskKey } from './tasks.ts';

export interface Asked {
  readonly items: readonly Item[];
  readonly history: HistoryChoice;
}

/** @param name what people call the file @throws UsageError */
export async function readCompared(path: string, name: string, asked: Asked): Promise<Answers> {
  const { header, answers } = await readResults(path);
  if (header.items !== hashItems(asked.items)) {
    throw new UsageError(`${name} holds answers to other questions. Compare with a run over the same.`);
  }
  checkHistory(name, answers, asked);
  if (!asked.items.some((item) => isAnswered(item, answers, scoredWithHistory(item, asked.history)))) {
    throw new UsageError(
      `${name} holds no answers to these questions. Let that run answer some first, or leave out --compare.`,
    );
  }
  return answers;
}

/** With the turns before is compared with the same, and without them too. */
function checkHistory(name: string, answers: Answers, { items, history }: Asked): void {
  const followUps = items.filter(hasHistory);
  const told = history !== 'without';
  const areAnswered = (how: boolean) => followUps.some((item) => isAnswered(item, answers, how));
  if (areAnswered(told) || !areAnswered(!told)) return;
  const [here, there] = told ? ['with', 'without'] : ['without', 'with'];
  throw new UsageError(
    `${name} has the questions that follow others answered ${there} the turns before alone, and here they are scored ${here} them. Use --history ${there} here, or --history ${here} there.`,
  );
}

const isAnswered = ({ id }: Item, answers: Answers, history: boolean) => answers.has(taskKey(id, history));
