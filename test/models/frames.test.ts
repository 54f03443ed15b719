// Which frame of an animation is looked at.
import { readFile } from 'node:fs/promises';
import sharp from 'sharp';
import { describe, expect, it } from 'vitest';
import type { FrameChoice } from '../../models/backend.ts';
import { FrameError } from '../../models/errors.ts';
import { chooseFrame } from '../../models/frames.ts';
import { preprocess } from '../../models/preprocess.ts';
import { animated, manyFrames, plain } from '../support/animation.ts';

const drawing = await sharp(await readFile(new URL('../goldens/emoji/scene3.png', import.meta.url)))
  .resize(64, 64)
  .png()
  .toBuffer();
const [black, white] = await Promise.all([plain('#000'), plain('#fff')]);
/** A share of the drawing over black. */
const dimmed = (share: number) => sharp(drawing).linear(share, 0).png().toBuffer();

/** The number of the frame, from 1. */
async function chosen(image: Uint8Array, choice?: FrameChoice): Promise<number | undefined> {
  const { page, frame } = await chooseFrame(image, choice);
  expect(frame?.number ?? 1).toBe(page + 1);
  return frame?.number;
}

describe.each(['gif', 'webp', 'png'] as const)('the frame of a %s that stands for it', (format) => {
  it.each<[string, () => Promise<Uint8Array[]>, number]>([
    ['is the first', async () => [drawing, white, black], 1],
    ['is not a blank one at the beginning', async () => [white, black, drawing, white], 3],
    [
      'is one that has come into sight where it fades in',
      async () => [black, ...(await Promise.all([0.1, 0.6, 1].map(dimmed)))],
      3,
    ],
    ['is the first where all are blank', async () => [black, white, black], 1],
  ])('%s', async (_, frames, number) => {
    expect(await chosen(await animated(await frames(), format))).toBe(number);
  });
});

describe('the frame that is asked for', () => {
  it('is found by its number, or by its place between the first and the last', async () => {
    const gif = await animated([drawing, black, white, drawing, black]);
    expect((await chooseFrame(gif, { number: 2 })).frame).toEqual({ number: 2, count: 5 });
    for (const [place, number] of [
      [0, 1],
      [0.5, 3],
      [0.9, 5],
      [1, 5],
    ] as const) {
      expect(await chosen(gif, { place })).toBe(number);
    }
  });

  it('is the one that is decoded', async () => {
    const colours = await Promise.all(['#f00', '#0f0', '#00f'].map((colour) => plain(colour)));
    const config = { size: 2, rescaleFactor: 1, mean: [0, 0, 0], std: [1, 1, 1] } as const;
    for (const format of ['gif', 'webp', 'png'] as const) {
      const image = await animated(colours, format);
      for (const [page, levels] of [
        [0, [255, 0, 0]],
        [1, [0, 255, 0]],
        [2, [0, 0, 255]],
      ] as const) {
        const values = await preprocess(image, config, { page });
        expect([values[0], values[4], values[8]]).toEqual(levels);
      }
    }
  });

  it('is refused beyond the last, with how many there are', async () => {
    const error = await chooseFrame(await animated([drawing, black]), { number: 3 }).catch((one) => one);
    expect(error).toBeInstanceOf(FrameError);
    expect(error.message).toBe('You asked for frame 3, and that animation has 2. Name one from 1 to 2.');
  });

  it('of a picture at rest is the picture, unless it is to be another than the first', async () => {
    for (const choice of [undefined, { number: 1 }, { place: 1 }]) {
      expect(await chooseFrame(drawing, choice)).toEqual({ page: 0 });
    }
    await expect(chooseFrame(drawing, { number: 2 })).rejects.toThrow('that picture does not move.');
  });

  it('of what can not be read is left to whoever decodes it', async () => {
    const broken = Buffer.from('GIF89a and no more');
    expect(await chooseFrame(broken, { place: 1 })).toEqual({ page: 0 });
    await expect(chooseFrame(Buffer.from('words'), undefined)).rejects.toThrow('The file is not an image.');
  });
});

describe('an animation of 10,000 frames', () => {
  it('is looked at as far as the limit on pixels goes', async () => {
    const small = manyFrames(10_000, 100);
    expect(await chosen(small, { place: 1 })).toBe(10_000);
    const large = manyFrames(10_000, 2_000);
    expect(await chosen(large, { number: 50 })).toBe(50);
    await expect(chooseFrame(large, { number: 51 })).rejects.toThrow(
      'Frame 51 lies too far into that animation for me. Name one from 1 to 50,',
    );
    await expect(chooseFrame(large, { place: 1 })).rejects.toThrow(/^Frame 10,?000 lies too far/);
    expect(await chosen(large)).toBe(1);
  });
});
