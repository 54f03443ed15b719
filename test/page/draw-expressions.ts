// Draws the sample stickers and emoji anew: `node --import tsx test/page/draw-expressions.ts`.
import { writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { crc32 } from 'node:zlib';
import sharp from 'sharp';
import { drawIcon, findIcon, type IconSet, loadIconSet } from '../../models/emoji/training/draw-icon.ts';

const folder = fileURLToPath(new URL('../../src/playground/samples/', import.meta.url));
const twemoji = loadIconSet('twemoji', fileURLToPath(import.meta.url));
const clear = { r: 0, g: 0, b: 0, alpha: 0 };

const write = (name: string, bytes: Uint8Array | string) => writeFile(`${folder}${name}`, bytes);
const sway = [0, 6, 10, 6, 0, -6, -10, -6];

await write('sticker-penguin.png', await still('penguin', 160, 0.78));
await write('sticker-rocket.png', apng(await turned('rocket', 160), 90));
await write('sticker-butterfly.gif', await gif(await turned('butterfly', 160, 0.7)));
await write('emoji-pizza.png', await still('pizza', 96));
await write('emoji-bee.gif', await gif(await turned('honeybee', 64)));
await write('sticker-bounce.json', JSON.stringify(bounce()));

/** @param share of the picture's side; the model knows no things that fill their pictures from edge to edge */
async function still(name: string, size: number, share = 1): Promise<Buffer> {
  const inner = Math.round(size * share);
  const raw = { width: inner, height: inner, channels: 4 } as const;
  const [before, after] = [Math.floor((size - inner) / 2), Math.ceil((size - inner) / 2)];
  return sharp(await drawn(twemoji, name, inner), { raw })
    .extend({ top: before, left: before, bottom: after, right: after, background: clear })
    .png({ palette: true })
    .toBuffer();
}

/** The drawing, swaying: each frame a PNG of the same size. */
async function turned(name: string, size: number, share = 0.8): Promise<Buffer[]> {
  const inner = Math.round(size * share);
  const pixels = await drawn(twemoji, name, inner);
  return Promise.all(
    sway.map(async (degrees) => {
      const raw = { width: inner, height: inner, channels: 4 } as const;
      const rotated = await sharp(pixels, { raw }).rotate(degrees, { background: clear }).png().toBuffer();
      return sharp(rotated)
        .resize(size, size, { fit: 'contain', background: clear })
        .png({ palette: false })
        .toBuffer();
    }),
  );
}

async function drawn(set: IconSet, name: string, size: number): Promise<Buffer> {
  const icon = findIcon(set, name);
  if (icon === undefined) throw new Error(`There is no drawing of ${name}.`);
  return drawIcon(set, icon, size);
}

function gif(frames: Buffer[]): Promise<Buffer> {
  return sharp(frames, { join: { animated: true } })
    .gif({ delay: frames.map(() => 90), loop: 0 })
    .toBuffer();
}

/** https://www.w3.org/TR/png-3/#apng-frame-based-animation */
function apng(frames: readonly Buffer[], delayMs: number): Buffer {
  const [first] = frames;
  if (first === undefined) throw new Error('An animation has frames.');
  const header = chunksOf(first).find(({ type }) => type === 'IHDR')?.data ?? Buffer.alloc(0);
  let sequence = 0;
  const body = frames.flatMap((frame, index) => {
    const control = Buffer.alloc(26);
    control.writeUInt32BE(sequence++, 0);
    header.copy(control, 4, 0, 8); // width, height
    control.writeUInt16BE(delayMs, 20);
    control.writeUInt16BE(1_000, 22);
    control[24] = 1; // cleared after it was shown
    const data = chunksOf(frame).filter(({ type }) => type === 'IDAT');
    const shown = data.map((chunk) => {
      if (index === 0) return encode('IDAT', chunk.data);
      const number = Buffer.alloc(4);
      number.writeUInt32BE(sequence++);
      return encode('fdAT', Buffer.concat([number, chunk.data]));
    });
    return [encode('fcTL', control), ...shown];
  });
  const animation = Buffer.alloc(8);
  animation.writeUInt32BE(frames.length);
  const parts = [encode('IHDR', header), encode('acTL', animation), ...body, encode('IEND', Buffer.alloc(0))];
  return Buffer.concat([first.subarray(0, 8), ...parts]);
}

function chunksOf(png: Buffer): { readonly type: string; readonly data: Buffer }[] {
  const chunks = [];
  for (let at = 8; at < png.length; at += png.readUInt32BE(at) + 12) {
    const length = png.readUInt32BE(at);
    chunks.push({
      type: png.toString('latin1', at + 4, at + 8),
      data: png.subarray(at + 8, at + 8 + length),
    });
  }
  return chunks;
}

function encode(type: string, data: Buffer): Buffer {
  const named = Buffer.concat([Buffer.from(type, 'latin1'), data]);
  const [length, check] = [Buffer.alloc(4), Buffer.alloc(4)];
  length.writeUInt32BE(data.length);
  check.writeUInt32BE(crc32(named));
  return Buffer.concat([length, named, check]);
}

/** A ball that bounces, in the Lottie format: https://lottie.github.io/lottie-spec/ */
function bounce(): object {
  const ease = { i: { x: [0.5], y: [1] }, o: { x: [0.5], y: [0] } };
  return {
    v: '5.7.0',
    fr: 30,
    ip: 0,
    op: 30,
    w: 320,
    h: 320,
    nm: 'Bounce',
    ddd: 0,
    assets: [],
    layers: [
      {
        ddd: 0,
        ind: 1,
        ty: 4,
        nm: 'ball',
        ip: 0,
        op: 30,
        st: 0,
        ks: {
          o: { a: 0, k: 100 },
          r: { a: 0, k: 0 },
          a: { a: 0, k: [0, 0, 0] },
          s: { a: 0, k: [100, 100, 100] },
          p: {
            a: 1,
            k: [
              { t: 0, s: [160, 90, 0], ...ease },
              { t: 15, s: [160, 230, 0], ...ease },
              { t: 30, s: [160, 90, 0] },
            ],
          },
        },
        shapes: [
          { ty: 'el', p: { a: 0, k: [0, 0] }, s: { a: 0, k: [120, 120] } },
          { ty: 'fl', c: { a: 0, k: [0.345, 0.396, 0.949, 1] }, o: { a: 0, k: 100 } },
        ],
      },
    ],
  };
}
