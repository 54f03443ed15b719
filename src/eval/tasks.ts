// What is asked how often: a question with turns before it can be asked with them and without.
import type { Item } from './items.ts';

export type HistoryChoice = 'with' | 'without' | 'both';

export interface Task {
  readonly item: Item;
  /** False: the turns before are left out. */
  readonly history: boolean;
}

/** In the order of images, so that each is encoded once. */
export function planTasks(items: readonly Item[], history: HistoryChoice): Task[] {
  const places = new Map<string, number>();
  for (const { images } of items) if (!places.has(images[0] ?? '')) places.set(images[0] ?? '', places.size);
  const place = ({ images }: Item) => places.get(images[0] ?? '') ?? 0;
  return items
    .toSorted((one, other) => place(one) - place(other))
    .flatMap((item) =>
      hasHistory(item)
        ? choices[history].map((told) => ({ item, history: told }))
        : [{ item, history: true }],
    );
}

export const hasHistory = (item: Item) => item.sort === 'question' && item.before.length > 0;

/** Whether the answer that an item is scored by has the turns before: so it is, unless it is asked without them alone. */
export const scoredWithHistory = (item: Item, choice: HistoryChoice) =>
  choice !== 'without' || !hasHistory(item);

/** Of a task among all those of an evaluation. */
export const taskKey = (id: string, history: boolean) => `${history ? 'with' : 'without'} ${id}`;

const choices: Readonly<Record<HistoryChoice, readonly boolean[]>> = {
  with: [true],
  without: [false],
  both: [true, false],
};
