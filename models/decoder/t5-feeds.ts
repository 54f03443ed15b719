// What T5's graphs take beside texts: how far apart tokens are, and which of them are looked at.
import { Tensor } from 'onnxruntime-node';
import type { T5Config } from '../checkpoint/config.ts';
import { type BucketShape, bucketsOf } from './relative-position.ts';
import { MASKED, type RunShape } from './texts-run.ts';

type Buckets = Pick<T5Config, 'relativeAttentionNumBuckets' | 'relativeAttentionMaxDistance'>;

/** (1, count, count) */
export function encoderBuckets(count: number, config: Buckets): Tensor {
  const byPosition = bucketsOf(count - 1, bucketShape(config, true));
  const buckets = new Int32Array(count * count);
  for (let row = 0; row < count; row++) {
    buckets.set(byPosition.subarray(count - 1 - row, 2 * count - 1 - row), row * count);
  }
  return new Tensor('int32', buckets, [1, count, count]);
}

/** (texts, 1, total): of the tokens before; what is masked and the token itself have none. */
export function decoderBuckets(
  { lengths }: Pick<RunShape, 'lengths'>,
  total: number,
  config: Buckets,
): Tensor {
  const buckets = new Int32Array(lengths.length * total);
  const longest = Math.max(...lengths);
  const byPosition = bucketsOf(longest, bucketShape(config, false));
  for (const [text, length] of lengths.entries()) {
    buckets.set(byPosition.subarray(longest - length, longest), text * total);
  }
  return new Tensor('int32', buckets, [lengths.length, 1, total]);
}

/** (1, 1, reach): of that many tokens to the last of them. */
export const answerBuckets = (reach: number, config: Buckets): Tensor =>
  decoderBuckets({ lengths: [reach - 1] }, reach, config);

/** (texts, 1, 1, total): of each text only so many positions are looked at, the first ones. */
export function firstOnly(counts: readonly number[], total: number): Tensor {
  const bias = new Float32Array(counts.length * total);
  for (const [text, count] of counts.entries()) bias.fill(MASKED, text * total + count, (text + 1) * total);
  return new Tensor('float32', bias, [counts.length, 1, 1, total]);
}

function bucketShape(config: Buckets, bothWays: boolean): BucketShape {
  const { relativeAttentionNumBuckets: buckets, relativeAttentionMaxDistance: farthest } = config;
  return { buckets, farthest, bothWays };
}
