// APNGs, whose frames build on each other, against what Pillow shows of them (test/oracle/apng.py).
import { readFile } from 'node:fs/promises';
import { crc32 } from 'node:zlib';
import sharp from 'sharp';
import { describe, expect, it } from 'vitest';
import { readApng, shownFrames } from '../../models/apng.ts';
import { chooseFrame } from '../../models/frames.ts';
import { preprocess } from '../../models/preprocess.ts';
import { animatedPng, plain } from '../support/animation.ts';

const fixture = (name: string) => readFile(new URL(`../fixtures/apng/${name}`, import.meta.url));
const pixelFor = { size: 1, rescaleFactor: 1, mean: [0, 0, 0], std: [1, 1, 1] } as const;

/** Where nothing is seen, the colour under it says nothing. */
function furthest(shown: Uint8Array, expected: Uint8Array): number {
  let most = Math.abs(shown.length - expected.length);
  for (let at = 0; at < expected.length; at++) {
    const isSeen = at % 4 === 3 || (expected[at | 3] ?? 0) > 0;
    if (isSeen) most = Math.max(most, Math.abs((shown[at] ?? 0) - (expected[at] ?? 0)));
  }
  return most;
}

describe('the frames of an APNG', () => {
  it.each([
    ['that hold what changed', 'deltas'],
    ['that are put over each other by their alpha', 'over'],
    ['that are cleared away', 'cleared'],
    ['that leave what was there before', 'as-before'],
    ['that take the place of what was there', 'source'],
    ['of one palette', 'palette'],
    ['in grey', 'grey'],
  ])('%s show as in Pillow', async (_, name) => {
    const apng = readApng(await fixture(`${name}.png`));
    const expected = await fixture(`${name}.rgba`);
    const size = 24 * 20 * 4;
    let page = 0;
    if (!apng) throw new Error(`${name}.png is no APNG.`);
    for await (const shown of shownFrames(apng)) {
      const wanted = expected.subarray(page * size, (page + 1) * size);
      expect(furthest(shown, wanted), `frame ${page + 1}`).toBe(0);
      page += 1;
    }
    expect(page).toBe(expected.length / size);
    expect(page).toBeGreaterThan(2);
  });

  it('mix by their alpha with what is below, or with white', async () => {
    const [grey, veil] = await Promise.all(
      ['#646464', 'rgba(200, 0, 0, 0.4)'].map((background) =>
        sharp({ create: { width: 8, height: 8, channels: 4, background } })
          .png()
          .toBuffer(),
      ),
    );
    const apng = await animatedPng([grey as Buffer, veil as Buffer]);
    const over = Buffer.from(apng);
    const control = over.lastIndexOf('fcTL');
    over[control + 4 + 25] = 1;
    over.writeUInt32BE(crc32(over.subarray(control, control + 30)), control + 30);
    expect([...(await preprocess(over, pixelFor, { page: 1 }))]).toEqual([140, 60, 60]);
    expect([...(await preprocess(apng, pixelFor, { page: 1 }))]).toEqual([233, 153, 153]);
  });

  it('are none of the image that stands for it, where that is not among them', async () => {
    const [red, green, blue] = await Promise.all(['#f00', '#0f0', '#00f'].map((colour) => plain(colour, 8)));
    const apng = await animatedPng([green as Buffer, blue as Buffer], red);
    expect(await chooseFrame(apng, { place: 1 })).toEqual({ page: 1, frame: { number: 2, count: 2 } });
    expect([...(await preprocess(apng, pixelFor))]).toEqual([0, 255, 0]);
    expect([...(await preprocess(apng, pixelFor, { page: 1 }))]).toEqual([0, 0, 255]);
  });

  it('that are broken, or larger than the animation, are refused as the file is', async () => {
    const apng = await animatedPng(await Promise.all(['#f00', '#00f'].map((colour) => plain(colour, 8))));
    const broken = Buffer.from(apng);
    broken.fill(7, broken.indexOf('fdAT') + 8, broken.indexOf('fdAT') + 14);
    const large = Buffer.from(apng);
    large.writeUInt32BE(90_000, large.lastIndexOf('fcTL') + 8);
    for (const file of [broken, large, apng.subarray(0, apng.lastIndexOf('fcTL') + 40)]) {
      await expect(preprocess(file, pixelFor, { page: 1 })).rejects.toThrow(/claims to be PNG but is broken/);
      expect([...(await preprocess(file, pixelFor, { page: 0 }))]).toEqual([255, 0, 0]);
    }
  });

  it('of a PNG at rest are none', async () => {
    expect(readApng(await plain('#f00'))).toBeUndefined();
    expect(readApng(Buffer.from('words'))).toBeUndefined();
  });
});
