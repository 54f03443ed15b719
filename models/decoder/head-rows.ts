// One layer's keys or values of all texts in the making: (rows, heads, capacity, head width), in one piece, so that
// any rows that lie side by side are an input of the graph without being copied.
import { discard } from '../discard.ts';

export interface HeadShape {
  readonly heads: number;
  readonly headWidth: number;
}

/** Rows are texts, positions count from 0. */
export class HeadRows {
  private readonly shape: HeadShape;
  private data = new Float32Array();
  private capacity = 0;

  constructor(shape: HeadShape) {
    this.shape = shape;
  }

  /** Room for so many rows of so many positions; what was there stays where it was. */
  resize(rows: number, capacity: number): void {
    const { heads, headWidth } = this.shape;
    const { data: old, capacity: oldCapacity } = this;
    this.data = new Float32Array(rows * heads * capacity * headWidth);
    this.capacity = capacity;
    const filled = Math.min(oldCapacity, capacity) * headWidth;
    const headCount = Math.min(old.length / (oldCapacity || 1), this.data.length / capacity) / headWidth;
    for (let head = 0; head < headCount; head++) {
      const from = head * oldCapacity * headWidth;
      this.data.set(old.subarray(from, from + filled), head * capacity * headWidth);
    }
    discard([old]);
  }

  /** (count, heads, capacity, head width): a view. */
  rows(first: number, count: number): Float32Array {
    const size = this.shape.heads * this.capacity * this.shape.headWidth;
    return this.data.subarray(first * size, (first + count) * size);
  }

  /** (heads, end - start, head width): a copy. */
  read(row: number, start: number, end: number): Float32Array {
    const { heads, headWidth } = this.shape;
    const size = (end - start) * headWidth;
    const copy = new Float32Array(heads * size);
    for (let head = 0; head < heads; head++) {
      const from = this.offset(row, head, start);
      copy.set(this.data.subarray(from, from + size), head * size);
    }
    return copy;
  }

  /**
   * @param values (heads, total, head width), of which the positions from `skip` on are taken, `count` of them
   */
  write(row: number, start: number, values: Float32Array, skip = 0, count = this.total(values) - skip): void {
    const { heads, headWidth } = this.shape;
    const total = this.total(values);
    for (let head = 0; head < heads; head++) {
      const from = (head * total + skip) * headWidth;
      this.data.set(values.subarray(from, from + count * headWidth), this.offset(row, head, start));
    }
  }

  clear(row: number): void {
    this.rows(row, 1).fill(0);
  }

  private total(values: Float32Array): number {
    return values.length / (this.shape.heads * this.shape.headWidth);
  }

  private offset(row: number, head: number, position: number): number {
    const { heads, headWidth } = this.shape;
    return ((row * heads + head) * this.capacity + position) * headWidth;
  }
}
