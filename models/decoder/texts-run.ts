// One run of a decoder's graph over several texts, each of which goes on by as many tokens as it has new ones.
import { type InferenceSession, Tensor } from 'onnxruntime-node';
import { discard } from '../discard.ts';
import { cacheNames } from '../graph/cache-names.ts';
import { barsOf, chosenNames, chosenTokens } from './chosen-tokens.ts';
import type { CacheNames, KvCache } from './kv-cache.ts';
import type { NextToken, Wanted } from './next-token.ts';

/** Far below any score, so that softmax gives 0, and still a number in f16. */
export const MASKED = -60_000;

export interface TextsRun {
  readonly session: InferenceSession;
  readonly cache: KvCache;
  /** The first text's row; the others lie behind it. */
  readonly first: number;
  /** (new tokens, width) of each text; none for one that rests. */
  readonly rows: readonly Float32Array[];
  readonly width: number;
  readonly wanted: readonly Wanted[];
  /** What else the graph takes. */
  readonly more: (shape: RunShape) => Record<string, Tensor>;
}

/**
 * Texts with fewer new tokens than others are filled up at the left, so that the last position is a text's newest
 * token in all of them. What fills them up is masked, and its keys and values are not kept.
 */
export interface RunShape {
  /** New tokens of each text. */
  readonly counts: readonly number[];
  /** What they are filled up to. */
  readonly most: number;
  /** What each text has seen before. */
  readonly lengths: readonly number[];
  /** Positions of each that the graph is fed. */
  readonly capacity: number;
}

/** @returns of each text what its newest token is followed by; meaningless for one that rests */
export async function runTexts(run: TextsRun): Promise<NextToken[]> {
  const { session, cache, first, rows, width, wanted, more } = run;
  const counts = rows.map((each) => each.length / width);
  const lengths = rows.map((_, at) => cache.length(first + at));
  const capacity = cache.fedPositions(first, rows.length);
  const shape = { counts, most: Math.max(...counts), lengths, capacity };
  const results = await session.run(
    {
      rows: filledUp(rows, width, shape.most),
      bias: causalBias(shape),
      bar: barsOf(wanted),
      ...cache.feeds(first, rows.length, pastNames),
      ...more(shape),
    },
    [...chosenNames(wanted), ...newNames(cache.shape.layers)],
  );
  appendNew(cache, first, counts, results);
  return chosenTokens(results);
}

/** What the graph calls the past. */
export const pastNames: CacheNames = (layer) => {
  const { pastKeys: keys, pastValues: values } = cacheNames(layer);
  return { keys, values };
};

/** Outputs: the new keys and values of all layers. */
export const newNames = (layers: number): string[] =>
  Array.from({ length: layers }, (_, layer) => {
    const { newKeys, newValues } = cacheNames(layer);
    return [newKeys, newValues];
  }).flat();

/** From a run's outputs into the rows that it was over; the outputs are gone then. */
export function appendNew(
  cache: KvCache,
  first: number,
  counts: readonly number[],
  results: InferenceSession.OnnxValueMapType,
): void {
  const floats = (name: string) => (results[name] as Tensor).data as Float32Array;
  cache.append(first, counts, (layer) => {
    const { newKeys, newValues } = cacheNames(layer);
    return { keys: floats(newKeys), values: floats(newValues) };
  });
  discard(newNames(cache.shape.layers).map(floats));
}

/** (texts, most, width): each one's rows are the last ones. */
export function filledUp(rows: readonly Float32Array[], width: number, most: number): Tensor {
  const all = new Float32Array(rows.length * most * width);
  for (const [at, row] of rows.entries()) all.set(row, (at + 1) * most * width - row.length);
  return new Tensor('float32', all, [rows.length, most, width]);
}

/** (texts, 1, most, capacity + most): what isn't filled, what fills up, and everything later is masked. */
export function causalBias({ counts, most, lengths, capacity }: RunShape): Tensor {
  const total = capacity + most;
  const bias = new Float32Array(counts.length * most * total);
  for (const [text, count] of counts.entries()) {
    for (let token = 0; token < most; token++) {
      const start = (text * most + token) * total;
      bias.fill(MASKED, start + (lengths[text] ?? 0), start + capacity + most - count);
      bias.fill(MASKED, start + capacity + token + 1, start + total);
    }
  }
  return new Tensor('float32', bias, [counts.length, 1, most, total]);
}
