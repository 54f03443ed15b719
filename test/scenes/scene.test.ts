// The generator of scenes.
import sharp from 'sharp';
import { describe, expect, it } from 'vitest';
import { seededRandom } from '../conversation/random.ts';
import { paintPhoto, photoKinds } from './photo.ts';
import { composeScene, composeSticker, type PlacedThing, type Scene } from './scene.ts';
import { artist, at, draw, things } from './seeded.ts';

describe('the things', () => {
  it('are at least 120, each with a name of its own', () => {
    expect(things.length).toBeGreaterThanOrEqual(120);
    expect(new Set(things.map(({ name }) => name)).size).toBe(things.length);
  });

  it('are all drawn by the artist, in each of their forms', () => {
    const missing = things.flatMap(({ emoji }) => emoji).filter((emoji) => !artist.draws(emoji));
    expect(missing).toEqual([]);
  });
});

describe('a scene', () => {
  it('is the same, to the last pixel, when its seed is', async () => {
    const [one, other] = await Promise.all([1, 1].map(async (seed) => draw(seed)));
    expect(one?.scene).toEqual(other?.scene);
    expect(one?.picture.equals(other?.picture ?? Buffer.of())).toBe(true);
    expect((await draw(2)).scene).not.toEqual(one?.scene);
  });

  it('has one to five things, whole, and none over another', () => {
    const random = seededRandom(7);
    const sizes = new Set<number>();
    for (let run = 0; run < 300; run++) {
      const scene = composeScene(random, things);
      sizes.add(scene.things.length);
      expect(scene.things.every(isWhole)).toBe(true);
      for (const [index, one] of scene.things.entries()) {
        expect(scene.things.slice(index + 1).filter((other) => overlap(one, other))).toEqual([]);
      }
    }
    expect([...sizes].sort()).toEqual([1, 2, 3, 4, 5]);
  });

  it('holds as many things as it was to hold: three in ten hold one', () => {
    const random = seededRandom(8);
    const alone = Array.from({ length: 500 }, () => composeScene(random, things)).filter(
      (scene) => scene.things.length === 1,
    );
    expect(alone.length / 500).toBeGreaterThan(0.25);
    expect(alone.length / 500).toBeLessThan(0.4);
  });

  it('is now and then one thing from edge to edge, as a sticker is', async () => {
    const random = seededRandom(9);
    const stickers = Array.from({ length: 100 }, () => composeSticker(random, things));
    expect(stickers.every(({ things: [one, other] }) => one?.size === 1 && other === undefined)).toBe(true);
    expect(stickers.filter(({ background }) => background[0] === 'white').length).toBeGreaterThan(60);
    const heart = { ...stickers[0], things: [at('heart', 0.5, 0.5, 1)] } as Scene;
    const { info } = await sharp(await artist.paint(heart, random))
      .trim({ threshold: 40 })
      .toBuffer({ resolveWithObject: true });
    expect(info.width).toBeGreaterThan(300);
  });

  it('is painted where it says: the background behind, the thing in its middle', async () => {
    const scene: Scene = {
      things: [at('heart', 0.75, 0.5, 0.4)],
      background: ['white', 'black'],
      stacked: false,
    };
    const { data, info } = await sharp(await artist.paint(scene, seededRandom(1)))
      .raw()
      .toBuffer({ resolveWithObject: true });
    const pixel = (x: number, y: number) => {
      const start = (Math.round(y * info.height) * info.width + Math.round(x * info.width)) * info.channels;
      return [...data.subarray(start, start + 3)];
    };
    expect(Math.min(...pixel(0.1, 0.5))).toBeGreaterThan(230);
    expect(Math.max(...pixel(0.95, 0.05))).toBeLessThan(30);
    const [red = 0, green = 255] = pixel(0.75, 0.5);
    expect(red - green).toBeGreaterThan(100);
  });
});

describe('a photograph', () => {
  it.each(photoKinds)('of the kind "%s" differs from seed to seed and can be read', async (kind) => {
    const [one, other] = await Promise.all([1, 2].map((seed) => paintPhoto(seededRandom(seed), kind)));
    expect(one?.equals(other ?? Buffer.of())).toBe(false);
    expect(await sharp(one).metadata()).toMatchObject({
      format: 'jpeg',
      width: 320,
      height: 320,
      channels: 3,
    });
  });
});

function isWhole({ x, y, size }: PlacedThing): boolean {
  const margins = [x, y].flatMap((middle) => [middle - size / 2, 1 - middle - size / 2]);
  return Math.min(...margins) > -1e-9;
}

function overlap(one: PlacedThing, other: PlacedThing): boolean {
  const distance = Math.max(Math.abs(one.x - other.x), Math.abs(one.y - other.y));
  return distance < (one.size + other.size) / 2 - 1e-9;
}
