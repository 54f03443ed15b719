// Which rows of the caches belong to which answer: its texts come, branch and go, and the rows stay side by side.
import type { Branch } from './decoder.ts';
import type { TextCache } from './text-cache.ts';

/** The texts of one answer. */
export interface Texts {
  /** Their rows in the caches, in order; none before the prompt was read. */
  rows: number[];
  /** Positions of each cache that they have in common. */
  shared: readonly number[];
}

export class TextRows {
  /** All with the same rows. */
  private readonly caches: readonly TextCache[];
  /** Whose each row is. */
  private readonly owners: Texts[] = [];

  constructor(caches: readonly TextCache[]) {
    this.caches = caches;
  }

  get count(): number {
    return this.owners.length;
  }

  /** The caches have a new last row, which holds the answer's prompt. */
  adopt(texts: Texts): void {
    const row = this.owners.push(texts) - 1;
    texts.rows = [row];
    texts.shared = this.caches.map((cache) => cache.length(row));
  }

  /** Takes off the caches' rows that nobody adopted. */
  drop(): void {
    for (const cache of this.caches) while (cache.rows > this.count) cache.remove(cache.rows - 1);
  }

  /** From now on text n goes on from what its branch's parent holds. */
  branch(texts: Texts, branches: readonly Branch[]): void {
    const { rows, shared } = texts;
    const parents = branches.map(({ parent }) => rows[parent] ?? Number.NaN);
    const old = rows.length;
    while (rows.length < branches.length) rows.push(this.add(texts));
    for (const [index, cache] of this.caches.entries()) {
      const moves = parents.map((from, text) => {
        return { from, to: rows[text] ?? Number.NaN, start: text < old ? (shared[index] ?? 0) : 0 };
      });
      cache.move(moves.filter(({ from, to }) => from !== to));
    }
    while (rows.length > branches.length) this.remove(rows.pop() as number);
  }

  close(texts: Texts): void {
    for (let row = texts.rows.pop(); row !== undefined; row = texts.rows.pop()) this.remove(row);
  }

  private add(texts: Texts): number {
    for (const cache of this.caches) cache.add();
    return this.owners.push(texts) - 1;
  }

  /** The last row takes its place. */
  private remove(row: number): void {
    for (const cache of this.caches) cache.remove(row);
    const last = this.owners.length - 1;
    const moved = this.owners.pop();
    if (row === last || moved === undefined) return;
    this.owners[row] = moved;
    moved.rows[moved.rows.indexOf(last)] = row;
  }
}
