// The picture of a scene, drawn with the emoji of one artist.
import sharp from 'sharp';
import { drawIcon, findIcon, type IconSet, loadIconSet } from '../../models/emoji/training/draw-icon.ts';
import type { Random } from '../conversation/random.ts';
import { shadeOf } from './colours.ts';
import type { Scene } from './scene.ts';

/** Larger than the model's own size, so that a picture is resized as a person's is. */
const SIDE = 320;

export class Artist {
  readonly name: string;
  readonly #set: IconSet;

  /** @param from a file or folder whose node_modules hold `@iconify-json/<set>` */
  constructor(name: string, from: string) {
    this.name = name;
    this.#set = loadIconSet(name, from);
  }

  draws(emoji: string): boolean {
    return findIcon(this.#set, emoji) !== undefined;
  }

  /** A PNG. */
  async paint(scene: Scene, random: Random): Promise<Buffer> {
    const layers = scene.things.map(async ({ emoji, x, y, size }) => {
      const icon = findIcon(this.#set, emoji);
      if (icon === undefined) throw new RangeError(`${this.name} draws no ${emoji}.`);
      const side = Math.round(size * SIDE);
      const raw = { width: side, height: side, channels: 4 } as const;
      const at = (middle: number) => Math.min(Math.round((middle - size / 2) * SIDE), SIDE - side);
      return { input: await drawIcon(this.#set, icon, side), raw, left: at(x), top: at(y) };
    });
    return sharp(Buffer.from(backgroundSvg(scene, random)))
      .composite(await Promise.all(layers))
      .removeAlpha()
      .png({ compressionLevel: 1 })
      .toBuffer();
  }
}

/** Each colour plain or as a gradient between two of its shades. */
function backgroundSvg({ background, stacked }: Scene, random: Random): string {
  const share = SIDE / background.length;
  const parts = background.map((colour, index) => {
    const [from, to] = [shadeOf(random, colour), shadeOf(random, colour)];
    const end = random.below(2) === 0 ? from : to;
    const gradient = `<linearGradient id="g${index}" x2="${random.below(2)}" y2="1"><stop stop-color="${from}"/><stop offset="1" stop-color="${end}"/></linearGradient>`;
    const [x, y] = stacked ? [0, index * share] : [index * share, 0];
    const [width, height] = stacked ? [SIDE, share] : [share, SIDE];
    return `${gradient}<rect x="${x}" y="${y}" width="${width}" height="${height}" fill="url(#g${index})"/>`;
  });
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${SIDE}" height="${SIDE}">${parts.join('')}</svg>`;
}
