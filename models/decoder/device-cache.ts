// The keys and values of all texts in the making, in the memory of the device: a run writes the new ones between them,
// and what the rows need otherwise (to go on from another, to grow, to stand side by side) is done there, too.
import { type DeviceTexts, release, type TextBlock } from './device-texts.ts';
import type { Move, TextCache } from './text-cache.ts';

/** Room grows by this many positions at a time; growing copies all. */
const CHUNK = 64;
/** A row that holds nothing yet. */
const NOWHERE = -1;

export class DeviceCache implements TextCache {
  private readonly device: DeviceTexts;
  private block: TextBlock | undefined;
  /** Which of the block's texts each row is: rows come, go and branch at once, and the block follows before it is used. */
  private places: number[] = [];
  private lengths: number[] = [];
  /** Positions that the next new texts are given room for. */
  private ahead = 0;

  constructor(device: DeviceTexts) {
    this.device = device;
  }

  get rows(): number {
    return this.places.length;
  }

  length(row: number): number {
    return this.lengths[row] ?? 0;
  }

  add(): number {
    this.lengths.push(0);
    return this.places.push(NOWHERE) - 1;
  }

  makeRoomFor(_rows: number, positions: number): void {
    this.ahead = positions;
  }

  remove(row: number): void {
    const last = this.rows - 1;
    if (row !== last) this.move([{ from: last, to: row, start: 0 }]);
    this.places.pop();
    this.lengths.pop();
    if (last === 0) this.replace(undefined);
  }

  move(all: readonly Move[]): void {
    // What the encoder read is the same in all texts of an answer.
    const moves = all.filter(({ from, start }) => start < this.length(from));
    const before = moves.map(({ from }) => [this.places[from] ?? NOWHERE, this.length(from)] as const);
    for (const [at, { to }] of moves.entries()) {
      const [place, length] = before[at] ?? [NOWHERE, 0];
      this.places[to] = place;
      this.lengths[to] = length;
    }
  }

  /**
   * Rows that lie side by side go on by as many positions as `counts` says: all there are, or the last ones, which are
   * empty.
   *
   * @param run writes them into the block that it is given, whose texts are those rows; its last position is no text's
   */
  async extend<Result>(
    first: number,
    counts: readonly number[],
    run: (block: TextBlock) => Promise<Result>,
  ): Promise<Result> {
    const positions = Math.max(...counts.map((count, at) => this.length(first + at) + count));
    const isNew = this.places.slice(first).includes(NOWHERE);
    const capacity = Math.ceil((Math.max(positions, isNew ? this.ahead : 0) + 1) / CHUNK) * CHUNK;
    const result = isNew
      ? await this.begin(first, capacity, run)
      : await run(await this.settle(this.places, capacity));
    for (const [at, count] of counts.entries()) this.lengths[first + at] = this.length(first + at) + count;
    return result;
  }

  /** The rows from `first` on, which are empty, begin with what a block holds; it is the cache's as soon as that is done. */
  async take(first: number, counts: readonly number[], block: TextBlock): Promise<void> {
    const before = await this.before(first, block.capacity);
    const isShort = before !== undefined && before.capacity > block.capacity;
    const fresh = isShort ? await this.device.lengthen(block, before.capacity) : block;
    try {
      await this.adopt(before, fresh);
    } finally {
      if (isShort) release(fresh.tensors);
    }
    if (this.block !== block) release(block.tensors);
    for (const [at, count] of counts.entries()) this.lengths[first + at] = count;
  }

  /** Whose texts are the rows, of which there are some. */
  whole(): Promise<TextBlock> {
    return this.settle(this.places, 0);
  }

  close(): void {
    this.replace(undefined);
  }

  private async begin<Result>(
    first: number,
    capacity: number,
    run: (block: TextBlock) => Promise<Result>,
  ): Promise<Result> {
    const before = await this.before(first, capacity);
    const fresh = await this.device.blank(this.rows - first, before?.capacity ?? capacity);
    try {
      const result = await run(fresh);
      await this.adopt(before, fresh);
      return result;
    } finally {
      if (this.block !== fresh) release(fresh.tensors);
    }
  }

  /** The texts of the rows before that one, where there are any. */
  private async before(first: number, capacity: number): Promise<TextBlock | undefined> {
    return first === 0 ? undefined : this.settle(this.places.slice(0, first), capacity);
  }

  /** All rows there are lie in both blocks, one behind the other. */
  private async adopt(before: TextBlock | undefined, fresh: TextBlock): Promise<void> {
    this.replace(before === undefined ? fresh : await this.device.join(before, fresh));
    this.places = this.places.map((_, row) => row);
  }

  /** The block then holds those texts in that order, each with at least so much room. */
  private async settle(places: readonly number[], capacity: number): Promise<TextBlock> {
    let block = this.block as TextBlock; // there is one as long as a row holds anything
    if (places.length !== block.texts || places.some((place, row) => place !== row)) {
      block = this.replace(await this.device.choose(block, places)) as TextBlock;
      for (const [row] of places.entries()) this.places[row] = row;
    }
    if (block.capacity < capacity) {
      block = this.replace(await this.device.lengthen(block, capacity)) as TextBlock;
    }
    return block;
  }

  private replace(block: TextBlock | undefined): TextBlock | undefined {
    if (this.block !== undefined) release(this.block.tensors);
    this.block = block;
    return block;
  }
}
