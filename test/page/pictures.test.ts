import { describe, expect, it } from 'vitest';
import { BrokenPictures } from '../../src/playground/page/broken-pictures.ts';
import { shownSize } from '../../src/playground/page/picture-size.ts';

describe('a picture among the messages', () => {
  it.each([
    [800, 600, { width: 400, height: 300, isEnlarged: false }],
    [448, 100, { width: 400, height: 89, isEnlarged: false }],
    [100, 90, { width: 100, height: 90, isEnlarged: false }],
    [1, 1, { width: 64, height: 64, isEnlarged: true }],
    [16, 8, { width: 64, height: 32, isEnlarged: true }],
    [1, 4000, { width: 24, height: 300, isEnlarged: false }],
    [0, 0, undefined],
  ])('of %i times %i pixels can be seen and fits', (width, height, shown) => {
    expect(shownSize(width, height)).toEqual(shown);
  });

  it('that the browser cannot draw is remembered by its address, and its place drawn anew', () => {
    let updates = 0;
    const broken = new BrokenPictures({ requestUpdate: () => updates++ });
    const currentTarget = { getAttribute: () => '/a.png' };
    broken.note({ currentTarget } as unknown as Event);
    expect([broken.has('/a.png'), broken.has('/b.png'), updates]).toEqual([true, false, 1]);
  });
});
