// The rows of texts in the making, wherever their keys and values lie.

export interface TextCache {
  /** Each is a text's place. */
  readonly rows: number;
  /** Positions that a row is filled up to. */
  length(row: number): number;
  /** @returns the new last row, which is empty */
  add(): number;
  /** For so many more, at once, and for so many positions of each row. */
  makeRoomFor(rows: number, positions: number): void;
  /** The last row takes its place. */
  remove(row: number): void;
  /** All at once: each is given what the other held before. */
  move(moves: readonly Move[]): void;
}

/** Row `to` goes on from what row `from` holds; before the position `start` they hold the same already. */
export interface Move {
  readonly from: number;
  readonly to: number;
  readonly start: number;
}
