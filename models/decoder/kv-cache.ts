// The keys and values of all positions seen so far, kept in JavaScript because onnxruntime copies every output.

/** One layer's keys or values: rows that are only ever appended. */
class Rows {
  readonly width: number;
  private readonly data: Float32Array;

  constructor(capacity: number, width: number) {
    this.width = width;
    this.data = new Float32Array(capacity * width);
  }

  /** (count, width): a view, no copy. */
  first(count: number): Float32Array {
    return this.data.subarray(0, count * this.width);
  }

  write(at: number, rows: Float32Array): void {
    this.data.set(rows, at * this.width);
  }
}

export interface CacheShape {
  readonly layers: number;
  readonly width: number;
  readonly positions: number;
}

/**
 * Begins with one empty row, which attention must mask: GPUs take no tensors of length zero.
 */
export class KvCache {
  readonly keys: readonly Rows[];
  readonly values: readonly Rows[];
  private rows = 1;

  constructor({ layers, width, positions }: CacheShape) {
    const make = () => Array.from({ length: layers }, () => new Rows(positions + 1, width));
    this.keys = make();
    this.values = make();
  }

  /** Rows in use, the empty one included. */
  get length(): number {
    return this.rows;
  }

  /** Positions seen, the empty row left out. */
  get positions(): number {
    return this.rows - 1;
  }

  /** @param fresh (count, width) of each layer */
  append(count: number, fresh: (layer: number) => { keys: Float32Array; values: Float32Array }): void {
    for (const [layer, rows] of this.keys.entries()) {
      const { keys, values } = fresh(layer);
      rows.write(this.rows, keys);
      this.values[layer]?.write(this.rows, values);
    }
    this.rows += count;
  }
}
