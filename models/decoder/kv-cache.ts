// The keys and values of all positions seen so far, kept in JavaScript because onnxruntime copies every output.

export interface CacheShape {
  readonly layers: number;
  readonly heads: number;
  readonly headWidth: number;
}

/** The cache grows by this many positions at a time; growing copies it. */
const CHUNK = 64;

/** One layer's keys or values: (heads, capacity, head width). */
class HeadRows {
  data: Float32Array = new Float32Array();
  private readonly heads: number;

  constructor(heads: number) {
    this.heads = heads;
  }

  /** @param size of one head, in floats */
  resize(size: number): void {
    const old = this.data;
    this.data = new Float32Array(this.heads * size);
    this.write(0, old);
  }

  /** @param fresh (heads, count, head width), put into each head from the float `at` on */
  write(at: number, fresh: Float32Array): void {
    const size = this.data.length / this.heads;
    const freshSize = fresh.length / this.heads;
    for (let head = 0; head < this.heads; head++) {
      this.data.set(fresh.subarray(head * freshSize, (head + 1) * freshSize), head * size + at);
    }
  }
}

/**
 * Fed to the graph whole, filled or not, so that nothing is copied and no tensor is ever empty (GPUs take none);
 * attention must mask what lies behind `length`.
 */
export class KvCache {
  readonly shape: CacheShape;
  readonly keys: readonly HeadRows[];
  readonly values: readonly HeadRows[];
  private filled = 0;
  private room = 0;

  constructor(shape: CacheShape) {
    const make = () => Array.from({ length: shape.layers }, () => new HeadRows(shape.heads));
    this.shape = shape;
    this.keys = make();
    this.values = make();
    this.grow(1);
  }

  /** Positions seen. */
  get length(): number {
    return this.filled;
  }

  /** Positions that there is room for, at least one. */
  get capacity(): number {
    return this.room;
  }

  /** @param fresh (heads, count, head width) of each layer */
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

  private grow(capacity: number): void {
    this.room = capacity;
    for (const rows of [...this.keys, ...this.values]) rows.resize(capacity * this.shape.headWidth);
  }
}
