// The keys and values of all positions seen so far, kept in JavaScript because onnxruntime copies every output.

export interface CacheShape {
  readonly layers: number;
  readonly heads: number;
  readonly headWidth: number;
  /** How many positions there is room for. */
  readonly capacity: number;
}

/** One layer's keys or values: (heads, capacity, head width). */
class HeadRows {
  readonly data: Float32Array;
  private readonly shape: CacheShape;

  constructor(shape: CacheShape) {
    this.shape = shape;
    this.data = new Float32Array(shape.heads * shape.capacity * shape.headWidth);
  }

  /** @param fresh (heads, count, head width), put at positions from `at` on */
  write(at: number, fresh: Float32Array): void {
    const { heads, capacity, headWidth } = this.shape;
    const size = fresh.length / heads;
    for (let head = 0; head < heads; head++) {
      this.data.set(fresh.subarray(head * size, (head + 1) * size), (head * capacity + at) * headWidth);
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

  constructor(shape: CacheShape) {
    const make = () => Array.from({ length: shape.layers }, () => new HeadRows(shape));
    this.shape = shape;
    this.keys = make();
    this.values = make();
  }

  /** Positions seen. */
  get length(): number {
    return this.filled;
  }

  /** @param fresh (heads, count, head width) of each layer */
  append(count: number, fresh: (layer: number) => { keys: Float32Array; values: Float32Array }): void {
    for (let layer = 0; layer < this.shape.layers; layer++) {
      const { keys, values } = fresh(layer);
      this.keys[layer]?.write(this.filled, keys);
      this.values[layer]?.write(this.filled, values);
    }
    this.filled += count;
  }
}
