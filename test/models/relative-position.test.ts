// The buckets against the reference's: some distances lie where rounding decides between two.
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { type BucketShape, bucketsOf } from '../../models/decoder/relative-position.ts';
import { GOLDENS } from './support/goldens.ts';

type BucketGolden = BucketShape & { readonly of: readonly number[] };

const goldens = JSON.parse(
  readFileSync(`${GOLDENS}relative-position/buckets.json`, 'utf8'),
) as BucketGolden[];

describe('bucketsOf', () => {
  it.each(goldens)(
    'agrees with $buckets buckets up to $farthest, both ways: $bothWays',
    ({ of, ...shape }) => {
      expect([...bucketsOf((of.length - 1) / 2, shape)]).toEqual(of);
    },
  );

  it('gives the token itself for no distance', () => {
    expect([...bucketsOf(0, { buckets: 32, farthest: 128, bothWays: true })]).toEqual([0]);
  });
});
