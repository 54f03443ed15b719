// The keys and values of all positions seen so far, kept in JavaScript because onnxruntime copies every output.

export interface CacheShape {
  readonly layers: number;
  readonly heads: number;
  readonly headWidth: number;
}

/** The cache grows by this many positions at a time; growing copies it. */
const CHUNK = 64;

/** One layer's keys or values: (batch × heads, capacity, head width). */
class HeadRows {
  data: Float32Array = new Float32Array();
  private rows: number;

  constructor(rows: number) {
    this.rows = rows;
  }

  /** @param size of one head, in floats */
  resize(size: number): void {
    const old = this.data;
    this.data = new Float32Array(this.rows * size);
    this.write(0, old);
  }

  /** @param fresh (batch × heads, count, head width), put into each row from the float `at` on */
  write(at: number, fresh: Float32Array): void {
    const size = this.data.length / this.rows;
    const freshSize = fresh.length / this.rows;
    for (let row = 0; row < this.rows; row++) {
      this.data.set(fresh.subarray(row * freshSize, (row + 1) * freshSize), row * size + at);
    }
  }

  /** Another batch: row n is what row `parents[n]` was. */
  pick(parents: readonly number[]): void {
    const size = this.data.length / this.rows;
    const old = this.data;
    this.data = new Float32Array(parents.length * size);
    this.rows = parents.length;
    for (const [row, parent] of parents.entries()) {
      this.data.set(old.subarray(parent * size, (parent + 1) * size), row * size);
    }
  }

  /** A batch of the same size, of which only the floats `from` to `to` of each row differ. */
  reorder(parents: readonly number[], from: number, to: number): void {
    const size = this.data.length / this.rows;
    const part = (row: number) => this.data.subarray(row * size + from, row * size + to);
    const old = new Float32Array(this.rows * (to - from));
    for (const [row, parent] of parents.entries())
      if (row !== parent) old.set(part(parent), row * (to - from));
    for (const [row, parent] of parents.entries()) {
      if (row !== parent)
        this.data.set(old.subarray(row * (to - from), (row + 1) * (to - from)), row * size + from);
    }
  }
}

/**
 * Fed to the graph whole, filled or not, so that nothing is copied and no tensor is ever empty (GPUs take none);
 * attention must mask what lies behind `length`. It begins with one text and may branch into a batch of them.
 */
export class KvCache {
  readonly shape: CacheShape;
  readonly keys: readonly HeadRows[];
  readonly values: readonly HeadRows[];
  private texts = 1;
  private filled = 0;
  private room = 0;
  /** Positions from the first on that all texts have in common. */
  private shared = 0;

  constructor(shape: CacheShape) {
    const make = () => Array.from({ length: shape.layers }, () => new HeadRows(shape.heads));
    this.shape = shape;
    this.keys = make();
    this.values = make();
    this.grow(1);
  }

  /** How many texts are in it. */
  get batch(): number {
    return this.texts;
  }

  /** Positions seen. */
  get length(): number {
    return this.filled;
  }

  /** Positions that there is room for, at least one. */
  get capacity(): number {
    return this.room;
  }

  /** @param fresh (batch, heads, count, head width) of each layer */
  append(count: number, fresh: (layer: number) => { keys: Float32Array; values: Float32Array }): void {
    if (this.filled + count > this.room) this.grow(Math.ceil((this.filled + count + 1) / CHUNK) * CHUNK);
    const at = this.filled * this.shape.headWidth;
    for (let layer = 0; layer < this.shape.layers; layer++) {
      const { keys, values } = fresh(layer);
      this.keys[layer]?.write(at, keys);
      this.values[layer]?.write(at, values);
    }
    this.filled += count;
  }

  /** From now on text n goes on from what text `parents[n]` has seen. */
  branch(parents: readonly number[]): void {
    if (this.texts === 1) this.shared = this.filled;
    const { heads, headWidth } = this.shape;
    const rows = parents.flatMap((parent) =>
      Array.from({ length: heads }, (_, head) => parent * heads + head),
    );
    if (parents.length !== this.texts) {
      for (const part of this.parts()) part.pick(rows);
    } else if (parents.some((parent, text) => parent !== text)) {
      for (const part of this.parts()) part.reorder(rows, this.shared * headWidth, this.filled * headWidth);
    }
    this.texts = parents.length;
  }

  private grow(capacity: number): void {
    this.room = capacity;
    for (const part of this.parts()) part.resize(capacity * this.shape.headWidth);
  }

  private parts(): HeadRows[] {
    return [...this.keys, ...this.values];
  }
}
