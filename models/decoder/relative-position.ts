// T5's buckets of distances: near ones have one each, farther ones share, ever wider.
// Raffel et al. 2020, section 2.1, https://arxiv.org/abs/1910.10683; transformers' `_relative_position_bucket`.

export interface BucketShape {
  readonly buckets: number;
  /** From here on all distances share the last bucket. */
  readonly farthest: number;
  /** False: only what came before is told apart. */
  readonly bothWays: boolean;
}

/**
 * The bucket of each relative position from `-reach` to `reach`, at index position + reach. In steps of f32, as the
 * reference computes it: exact logarithms put some distances elsewhere.
 *
 * @param reach the largest distance asked for
 */
export function bucketsOf(reach: number, shape: BucketShape): Int32Array {
  return Int32Array.from({ length: 2 * reach + 1 }, (_, index) => bucketOf(index - reach, shape));
}

/** @param position of the token that is looked at, minus that of the one that looks */
function bucketOf(position: number, { buckets, farthest, bothWays }: BucketShape): number {
  const side = bothWays ? Math.floor(buckets / 2) : buckets;
  const first = bothWays && position > 0 ? side : 0;
  const distance = bothWays ? Math.abs(position) : Math.max(-position, 0);
  const exact = Math.floor(side / 2);
  if (distance < exact) return first + distance;
  const octaves = f32(f32(Math.log(f32(distance / exact))) / f32(Math.log(farthest / exact)));
  return first + Math.min(exact + Math.trunc(f32(octaves * (side - exact))), side - 1);
}

const f32 = Math.fround;
