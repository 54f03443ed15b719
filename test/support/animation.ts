// Animations for tests, made of pictures.
import sharp from 'sharp';

/** @param frames encoded pictures of one size */
export function animated(frames: readonly Uint8Array[], format: 'gif' | 'webp' = 'gif'): Promise<Buffer> {
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
