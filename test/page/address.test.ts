import { describe, expect, it } from 'vitest';
import { addressOf, channelIn } from '../../src/playground/page/address.ts';

describe('the address', () => {
  it('names a channel, or none', () => {
    expect(channelIn(addressOf('123'))).toBe('123');
    expect(channelIn(`${addressOf('123')}/`)).toBe('123');
    expect(['', '#', '#/'].map(channelIn)).toEqual([undefined, undefined, undefined]);
  });

  it('of nothing that there is leads to no channel rather than to the first', () => {
    expect(['#/channels/', '#/chanels/1', '#what', '#%'].map(channelIn)).not.toContain(undefined);
  });
});
