// A KV cache as the inputs of a decoder's graph.
import { Tensor } from 'onnxruntime-node';
import { cacheNames } from '../graph/cache-names.ts';
import type { KvCache } from './kv-cache.ts';

/** Far below any score, so that softmax gives 0, and still a number in f16. */
export const MASKED = -60_000;

/** (batch, heads, capacity, head width) of each layer's keys and values. */
export function cacheFeeds({ batch, keys, values, shape, capacity }: KvCache): Record<string, Tensor> {
  const sides = [batch, shape.heads, capacity, shape.headWidth];
  const feed = (name: string, { data }: { data: Float32Array }) => [name, new Tensor('float32', data, sides)];
  return Object.fromEntries([
    ...keys.map((rows, layer) => feed(cacheNames(layer).pastKeys, rows)),
    ...values.map((rows, layer) => feed(cacheNames(layer).pastValues, rows)),
  ]);
}
