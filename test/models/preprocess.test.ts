import { readdirSync, readFileSync } from 'node:fs';
import { crc32 } from 'node:zlib';
import sharp, { type Sharp } from 'sharp';
import { describe, expect, it } from 'vitest';
import { ImageError } from '../../models/errors.ts';
import { type ImageProcessorConfig, preprocess } from '../../models/preprocess.ts';

const FIXTURES = new URL('../fixtures/preprocess/', import.meta.url);
const fixture = (name: string) => readFileSync(new URL(name, FIXTURES));

/** Values are the 8-bit levels themselves. */
const LEVELS: ImageProcessorConfig = { size: 24, rescaleFactor: 1, mean: [0, 0, 0], std: [1, 1, 1] };

/**
 * Measured difference to Pillow 13 in 8-bit levels, where there is any. transformers' BlipImageProcessor gives the same
 * levels from 5.24 on, which lays what is transparent on white; before, it took the colour that the file has there.
 * AVIF: where the file has fewer samples of colour than of light, the two libraries spread them differently, which
 * shows the more the less a picture is shrunk; and they round YCbCr to RGB differently. HEIC: as pillow-heif, but for rounding. 16-bit grey: Pillow clips at
 * 255, so that nearly all of it becomes white; ours keeps the picture.
 */
const MEASURED: Readonly<Record<string, { mean: number; max: number }>> = {
  'alpha.avif': { mean: 0.24, max: 2 },
  'enlarged.avif': { mean: 9.1, max: 73 },
  'photo.avif': { mean: 0.29, max: 3 },
  'photo-422.avif': { mean: 0.22, max: 2 },
  'photo-444.avif': { mean: 0.13, max: 1 },
  'photo-large.avif': { mean: 0.16, max: 1 },
  'alpha.heic': { mean: 0.09, max: 2 },
  'photo.heic': { mean: 0.21, max: 2 },
  'photo-444.heic': { mean: 0.08, max: 1 },
  'grey16.png': { mean: 117, max: 255 },
};
const EXACT = { mean: 0, max: 0 };

describe('the pixels of the reference image processor', () => {
  const names = readdirSync(FIXTURES).filter((name) => /\.(?!rgb)[a-z]+$/.test(name));

  it.each(names)('%s', async (name) => {
    const allowed = MEASURED[name] ?? EXACT;
    const reference = fixture(`${name}.rgb`);
    const values = await preprocess(fixture(name), LEVELS);
    const plane = 24 * 24;
    const differences = Array.from(reference, (level, index) => {
      const value = values[(index % 3) * plane + Math.floor(index / 3)] ?? Number.NaN;
      return Math.abs(level - value);
    });
    expect(differences).toHaveLength(3 * plane);
    expect(Math.max(...differences)).toBeLessThanOrEqual(allowed.max);
    const mean = differences.reduce((sum, difference) => sum + difference, 0) / differences.length;
    expect(mean).toBeLessThanOrEqual(allowed.mean);
  });

  it('rescales and normalises each channel by its own mean and deviation', async () => {
    const orange = await solid(255, 128, 0).png().toBuffer();
    const config = {
      size: 2,
      rescaleFactor: 1 / 255,
      mean: [0.5, 0.25, 0.125],
      std: [0.5, 0.25, 2],
    } as const;
    const values = await preprocess(orange, config);
    expect(values).toHaveLength(3 * 2 * 2);
    const [red, green, blue] = [values[0], values[4], values[8]];
    expect(red).toBeCloseTo(1, 6);
    expect(green).toBeCloseTo((128 / 255 - 0.25) / 0.25, 6);
    expect(blue).toBeCloseTo(-0.0625, 6);
  });

  it('of 16-bit grey are those of its high byte, where the reference goes white', async () => {
    const highByte = await preprocess(fixture('grey16-high-byte.png'), LEVELS);
    expect(await preprocess(fixture('grey16.png'), LEVELS)).toEqual(highByte);
  });

  it('ignores embedded colour profiles', async () => {
    const plain = solid(200, 30, 60);
    const profiled = await plain.clone().withIccProfile('p3').png().toBuffer();
    const stored = await sharp(profiled, { ignoreIcc: true }).raw().toBuffer();
    expect(stored.subarray(0, 3)).not.toEqual(Buffer.from([200, 30, 60])); // the profile does change levels
    const values = await preprocess(profiled, LEVELS);
    expect([values[0], values[576], values[1152]]).toEqual([...stored.subarray(0, 3)]);
  });
});

describe('what is no picture', () => {
  it.each([
    ['an empty file', Buffer.alloc(0), /^The file is empty\. Use a JPEG/],
    ['text', Buffer.from('Is there a cat?'), /^The file is not an image\. Use a JPEG/],
    ['an SVG', Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"/>'), /^SVG files can't be read\. Use a/],
    [
      'an SVG behind an XML head',
      Buffer.from('<?xml version="1.0"?>\n<svg width="9" height="9"/>'),
      /^SVG files/,
    ],
    ['a PDF', Buffer.from('%PDF-1.7'), /^PDF files/],
    ['a video', Buffer.from('\0\0\0\x18ftypisom\0\0\x02\0isom'), /^Video files can't be read/],
    ['a BMP of nothing but a head', Buffer.from('BM000000'), /claims to be BMP but is broken/],
    ['half a BMP', half(fixture('rgb.bmp')), /claims to be BMP but is broken or incomplete/],
    [
      'a HEIC of nothing but a head',
      Buffer.from('\0\0\0\x18ftypheic\0\0\0\0mif1heic'),
      /claims to be HEIC but is/,
    ],
    ['half a HEIC', half(fixture('photo.heic')), /claims to be HEIC but is broken or incomplete/],
    ['a lone PNG signature', Buffer.from('\x89PNG\r\n\x1a\n', 'latin1'), /claims to be PNG but is broken/],
    ['an SVG that claims to be a GIF', Buffer.from('GIF89a<svg width="9" height="9"/>'), /claims to be GIF/],
    ['half a JPEG', half(fixture('photo.jpg')), /claims to be JPEG but is broken or incomplete/],
    ['half a PNG', half(fixture('plain.png')), /claims to be PNG but is broken or incomplete/],
    ['half a WebP', half(fixture('alpha.webp')), /claims to be WebP but is broken/],
    ['half a GIF', half(fixture('transparent.gif')), /claims to be GIF but is broken/],
    ['an AVIF of noise', noisyTail(fixture('photo.avif')), /claims to be AVIF but is broken/],
    ['a YCbCr TIFF', fixture('strange/ycbcr.tif'), /^The TIFF's colours are YCbCr, which can't be read here/],
    ['a packed YCbCr TIFF', fixture('strange/ycbcr-lzw.tif'), /^The TIFF's colours are YCbCr/],
    ['a YCbCr BigTIFF', fixture('strange/ycbcr-big.tif'), /^The TIFF's colours are YCbCr/],
    ['a CIELAB TIFF', fixture('strange/lab.tif'), /^The TIFF's colours are CIELAB/],
    ['a TIFF of nothing but a head', fixture('photo.tif').subarray(0, 8), /claims to be TIFF but is broken/],
    ['a PNG of no width', withWidth(fixture('plain.png'), 0), /claims to be PNG but is broken/],
  ])('refuses %s', async (_, file, message) => {
    const error = await preprocess(file, LEVELS).catch((error: unknown) => error);
    expect(error).toBeInstanceOf(ImageError);
    expect((error as ImageError).message).toMatch(message);
  });

  it('refuses more pixels than the limit before decoding them', async () => {
    const bomb = withWidth(fixture('checks.png'), 950_000); // 2 GB once decoded
    await expect(preprocess(bomb, LEVELS)).rejects.toThrow(
      'Expected an image of at most 40,000,000 pixels, got 950,000 x 700. Use a smaller copy.',
    );
    await expect(preprocess(fixture('tiny.png'), LEVELS, { maxPixels: 5 })).rejects.toThrow('got 3 x 2');
    await expect(preprocess(fixture('odd-width.bmp'), LEVELS, { maxPixels: 34 })).rejects.toThrow(
      'got 7 x 5',
    );
    await expect(preprocess(fixture('top-down.bmp'), LEVELS, { maxPixels: 9 })).rejects.toThrow(
      'got 40 x 30',
    );
    await expect(preprocess(fixture('photo.heic'), LEVELS, { maxPixels: 1 })).rejects.toThrow('160 x 120');
    await expect(preprocess(fixture('tiny.png'), LEVELS, { maxPixels: 6 })).resolves.toHaveLength(1728);
  });
});

function solid(r: number, g: number, b: number): Sharp {
  return sharp({ create: { width: 8, height: 8, channels: 3, background: { r, g, b } } });
}

const half = (file: Buffer): Buffer => file.subarray(0, file.length / 2);

function noisyTail(file: Buffer): Buffer {
  const broken = Buffer.from(file);
  for (let at = Math.floor(file.length / 2); at < file.length; at++) broken[at] = (at * 197) & 255;
  return broken;
}

function withWidth(png: Buffer, width: number): Buffer {
  const changed = Buffer.from(png);
  changed.writeUInt32BE(width, 16);
  changed.writeUInt32BE(crc32(changed.subarray(12, 29)), 29); // of the IHDR chunk
  return changed;
}
