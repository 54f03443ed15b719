// Animations for tests, made of pictures.
import { crc32 } from 'node:zlib';
import sharp from 'sharp';

/** @param frames encoded pictures of one size */
export async function animated(
  frames: readonly Uint8Array[],
  format: 'gif' | 'webp' | 'png' = 'gif',
): Promise<Buffer> {
  if (format === 'png') return animatedPng(frames);
  const joined = sharp(
    frames.map((frame) => Buffer.from(frame)),
    { join: { animated: true } },
  );
  return format === 'gif' ? joined.gif().toBuffer() : joined.webp({ lossless: true }).toBuffer();
}

export function plain(background: string, side = 64): Promise<Buffer> {
  return sharp({ create: { width: side, height: side, channels: 3, background } })
    .png()
    .toBuffer();
}

/**
 * A GIF by hand, so that it can have more frames than an encoder takes: its pixels are all of one colour.
 * @param side of the canvas; the frames fill one pixel of it
 */
export function manyFrames(count: number, side: number): Uint8Array {
  const size = [side & 255, side >> 8, side & 255, side >> 8];
  const head = [...Buffer.from('GIF89a'), ...size, 0x80, 0, 0, 0, 0, 0, 255, 255, 255];
  const frame = [0x21, 0xf9, 4, 4, 1, 0, 0, 0, 0x2c, 0, 0, 0, 0, 1, 0, 1, 0, 0, 2, 2, 0x4c, 0x01, 0];
  const frames = Array.from({ length: count }, () => Uint8Array.from(frame));
  return Buffer.concat([Uint8Array.from(head), ...frames, Uint8Array.of(0x3b)]);
}

/** @param hidden shown only by what knows nothing of animations, in place of the first frame */
export async function animatedPng(frames: readonly Uint8Array[], hidden?: Uint8Array): Promise<Buffer> {
  const encode = (frame: Uint8Array) => sharp(frame).ensureAlpha().png({ palette: false }).toBuffer();
  const pngs = await Promise.all(frames.map(encode));
  const [first = Buffer.alloc(0)] = pngs;
  let sequence = 0;
  const control = () => {
    const data = Buffer.alloc(26);
    data.writeUInt32BE(sequence++, 0);
    first.copy(data, 4, 16, 24); // width and height
    data.writeUInt16BE(1, 20);
    data.writeUInt16BE(10, 22);
    return chunk('fcTL', data);
  };
  const still = hidden ? pixelsOf(await encode(hidden)) : undefined;
  const parts = pngs.map((png, index) => {
    if (index === 0 && !still) return Buffer.concat([control(), chunk('IDAT', pixelsOf(png))]);
    const before = control();
    const number = Buffer.alloc(4);
    number.writeUInt32BE(sequence++, 0);
    return Buffer.concat([before, chunk('fdAT', Buffer.concat([number, pixelsOf(png)]))]);
  });
  const counts = Buffer.alloc(8);
  counts.writeUInt32BE(frames.length, 0);
  return Buffer.concat([
    first.subarray(0, 33), // signature and head
    chunk('acTL', counts),
    ...(still ? [chunk('IDAT', still)] : []),
    ...parts,
    chunk('IEND', Buffer.alloc(0)),
  ]);
}

/** The data of all its chunks IDAT. */
function pixelsOf(png: Buffer): Buffer {
  const pieces: Buffer[] = [];
  for (let at = 8; at < png.length; ) {
    const end = at + 8 + png.readUInt32BE(at);
    if (png.toString('latin1', at + 4, at + 8) === 'IDAT') pieces.push(png.subarray(at + 8, end));
    at = end + 4;
  }
  return Buffer.concat(pieces);
}

function chunk(type: string, data: Uint8Array): Buffer {
  const body = Buffer.concat([Buffer.from(type, 'latin1'), data]);
  const [length, checksum] = [Buffer.alloc(4), Buffer.alloc(4)];
  length.writeUInt32BE(data.length);
  checksum.writeUInt32BE(crc32(body));
  return Buffer.concat([length, body, checksum]);
}
