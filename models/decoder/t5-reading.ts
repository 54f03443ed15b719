// T5's encoder reads the texts that come in: once each, side by side in one run.
import { type InferenceSession, Tensor } from 'onnxruntime-node';
import type { T5Config } from '../checkpoint/config.ts';
import { crossNames } from '../graph/cache-names.ts';
import type { KeysAndValues } from './kv-cache.ts';
import { encoderBuckets, firstOnly } from './t5-feeds.ts';
import type { TextCache } from './text-cache.ts';

/** What the encoder says of some texts. */
export interface Reading {
  /** Tokens of each text. */
  readonly counts: readonly number[];
  /** What shorter texts are filled up to, behind their tokens. */
  readonly most: number;
  /** Of each of the decoder's layers, keys before values: (texts, heads, most, head width) each. */
  readonly tensors: readonly Tensor[];
  readonly layers: readonly KeysAndValuesTensors[];
}

interface KeysAndValuesTensors {
  readonly keys: Tensor;
  readonly values: Tensor;
}

/** @param prompts (tokens, width) of each */
export async function readTexts(
  prompts: readonly Float32Array[],
  encoder: InferenceSession,
  { dModel: width, ...config }: T5Config,
): Promise<Reading> {
  const counts = prompts.map(({ length }) => length / width);
  const most = Math.max(...counts);
  const rows = new Float32Array(prompts.length * most * width);
  for (const [at, prompt] of prompts.entries()) rows.set(prompt, at * most * width);
  const results = await encoder.run({
    rows: new Tensor('float32', rows, [prompts.length, most, width]),
    buckets: encoderBuckets(most, config),
    bias: firstOnly(counts, most),
  });
  const layers = Array.from({ length: config.numDecoderLayers }, (_, layer) => {
    const { keys, values } = crossNames(layer);
    return { keys: results[keys] as Tensor, values: results[values] as Tensor };
  });
  return { counts, most, layers, tensors: layers.flatMap(({ keys, values }) => [keys, values]) };
}

/**
 * New texts behind those there are: each gets an empty row in all caches.
 *
 * @returns with the first one's row
 */
export async function readBehind(
  caches: readonly [written: TextCache, source: TextCache],
  prompts: readonly Float32Array[],
  encoder: InferenceSession,
  config: T5Config,
): Promise<Reading & { readonly first: number }> {
  const [{ rows: first }] = caches;
  for (const cache of caches) for (const _ of prompts) cache.add();
  return { first, ...(await readTexts(prompts, encoder, config)) };
}

/** (heads, tokens, head width) each */
export function ofText({ keys, values }: KeysAndValuesTensors, text: number, texts: number): KeysAndValues {
  const part = ({ data }: Tensor) => {
    const size = data.length / texts;
    return (data as Float32Array).subarray(text * size, (text + 1) * size);
  };
  return { keys: part(keys), values: part(values) };
}
