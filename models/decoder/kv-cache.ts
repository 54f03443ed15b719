// The keys and values of all positions of all texts in the making, kept in JavaScript because onnxruntime copies every
// output. A row is a text's place in it: rows lie side by side, and a run takes several of them at once.
import { Tensor } from 'onnxruntime-node';
import { HeadRows, type HeadShape } from './head-rows.ts';
import type { Move, TextCache } from './text-cache.ts';

export interface CacheShape extends HeadShape {
  readonly layers: number;
}

/** What the graph calls a layer's keys and values. */
export type CacheNames = (layer: number) => { readonly keys: string; readonly values: string };

/** Keys and values of one layer. */
export interface KeysAndValues {
  readonly keys: Float32Array;
  readonly values: Float32Array;
}

/** The cache grows by this many positions at a time; growing copies it. */
const CHUNK = 32;
/** Room for so many of one text stays when all have left: to have new memory zeroed costs more than an answer's steps do. */
const KEPT_ROOM = 256;

/**
 * Each row is filled from its first position up to its own length. It is fed to the graph whole as soon as
 * anything is filled, so that nothing is copied, and no tensor is ever empty (GPUs take none): attention must mask what
 * lies behind a length.
 */
export class KvCache implements TextCache {
  readonly shape: CacheShape;
  private readonly layers: readonly (readonly [keys: HeadRows, values: HeadRows])[];
  private readonly lengths: number[] = [];
  private places = 0;
  private room = 1;

  constructor(shape: CacheShape) {
    this.shape = shape;
    this.layers = Array.from({ length: shape.layers }, () => [new HeadRows(shape), new HeadRows(shape)]);
  }

  get rows(): number {
    return this.lengths.length;
  }

  /** Positions that each row has room for, at least one. */
  get capacity(): number {
    return this.room;
  }

  /** Positions that a row is filled up to. */
  length(row: number): number {
    return this.lengths[row] ?? 0;
  }

  /** @returns the new last row, which is empty */
  add(): number {
    const row = this.lengths.push(0) - 1;
    if (row === this.places) this.resize(Math.max(1, 2 * this.places), this.room);
    return row;
  }

  /** At once, as each growth copies all that is there. */
  makeRoomFor(rows: number, positions: number): void {
    const places = Math.max(this.places, this.rows + rows);
    const room = positions > this.room ? inChunks(positions) : this.room;
    if (places > this.places || room > this.room) this.resize(places, room);
  }

  /** The last row takes its place. Without rows, little is held. */
  remove(row: number): void {
    const last = this.rows - 1;
    this.clear(row);
    if (row !== last) {
      this.move([{ from: last, to: row, start: 0 }]);
      this.clear(last);
    }
    this.lengths.pop();
    if (last > 0) return;
    if (this.room > KEPT_ROOM) this.resize(0, 1);
    else if (this.places > 1) this.resize(1, this.room);
  }

  /** All at once: each is given what the other held before. */
  move(moves: readonly Move[]): void {
    for (const part of this.parts()) {
      const copies = moves.map(({ from, start }) =>
        part.read(from, start, Math.max(start, this.length(from))),
      );
      for (const [at, { to, start }] of moves.entries()) part.write(to, start, copies[at] as Float32Array);
    }
    const lengths = moves.map(({ from }) => this.length(from));
    for (const [at, { to }] of moves.entries()) this.lengths[to] = lengths[at] as number;
  }

  /**
   * Fills rows that lie side by side by as many positions as `counts` says.
   * @param fresh of a layer: (rows, heads, most, head width), of which each row's last ones count
   */
  append(first: number, counts: readonly number[], fresh: (layer: number) => KeysAndValues): void {
    this.reserve(Math.max(...counts.map((count, at) => this.length(first + at) + count)));
    for (const [layer, [keys, values]] of this.layers.entries()) {
      const made = fresh(layer);
      this.appendTo(keys, first, counts, made.keys);
      this.appendTo(values, first, counts, made.values);
    }
    for (const [at, count] of counts.entries()) this.lengths[first + at] = this.length(first + at) + count;
  }

  /** Goes on in a row by the first positions of what `read` gave. */
  write(row: number, layers: readonly KeysAndValues[], count: number): void {
    const start = this.length(row);
    this.reserve(start + count);
    for (const [layer, [keys, values]] of this.layers.entries()) {
      const kept = layers[layer];
      if (kept === undefined) continue;
      keys.write(row, start, kept.keys, 0, count);
      values.write(row, start, kept.values, 0, count);
    }
    this.lengths[row] = start + count;
  }

  /** (heads, end - start, head width) of each layer: copies. */
  read(row: number, start: number, end: number): KeysAndValues[] {
    return this.layers.map(([keys, values]) => ({
      keys: keys.read(row, start, end),
      values: values.read(row, start, end),
    }));
  }

  /** Positions of each that a graph is fed for rows that lie side by side: a single one where none is filled. */
  fedPositions(first: number, count: number): number {
    const isFilled = this.lengths.slice(first, first + count).some((length) => length > 0);
    return isFilled ? this.capacity : 1;
  }

  /** Inputs of a graph for rows that lie side by side: (rows, heads, fed positions, head width). */
  feeds(first: number, count: number, names: CacheNames): Record<string, Tensor> {
    const { heads, headWidth } = this.shape;
    const positions = this.fedPositions(first, count);
    const sides = [count, heads, positions, headWidth];
    const isWhole = positions === this.capacity;
    const blank = new Float32Array(isWhole ? 0 : count * heads * headWidth);
    const tensor = (part: HeadRows) =>
      new Tensor('float32', isWhole ? part.rows(first, count) : blank, sides);
    return Object.fromEntries(
      this.layers.flatMap(([keys, values], layer) => [
        [names(layer).keys, tensor(keys)],
        [names(layer).values, tensor(values)],
      ]),
    );
  }

  /** What a text leaves may be no number, and a share of 0 times that would be none either. */
  private clear(row: number): void {
    for (const part of this.parts()) part.clear(row);
    this.lengths[row] = 0;
  }

  private appendTo(part: HeadRows, first: number, counts: readonly number[], fresh: Float32Array): void {
    const size = fresh.length / counts.length;
    const most = size / (this.shape.heads * this.shape.headWidth);
    for (const [at, count] of counts.entries()) {
      const own = fresh.subarray(at * size, (at + 1) * size);
      part.write(first + at, this.length(first + at), own, most - count, count);
    }
  }

  /** With a position to spare, so that the next step finds room. */
  private reserve(length: number): void {
    if (length > this.room) this.resize(this.places, inChunks(length + 1));
  }

  private resize(places: number, room: number): void {
    this.places = places;
    this.room = room;
    for (const part of this.parts()) part.resize(places, room);
  }

  private parts(): HeadRows[] {
    return this.layers.flat();
  }
}

const inChunks = (positions: number) => Math.ceil(positions / CHUNK) * CHUNK;
