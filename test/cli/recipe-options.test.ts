// What `quantize` and `pull` share.
import { describe, expect, it } from 'vitest';
import { recipeFlags } from '../../src/cli/recipe-options.ts';

describe('the options of a recipe', () => {
  it('are written again as they were given', () => {
    const options = { weights: 'int4', keep: ['head=f32', 'vision=f16'], block: 64 } as const;
    expect(recipeFlags(options).join(' ')).toBe('--weights int4 --keep head=f32 vision=f16 --block 64');
    expect(recipeFlags({ weights: 'int4', keep: [] })).toEqual(['--weights', 'int4']);
    expect(recipeFlags({ keep: [] })).toEqual([]);
  });
});
