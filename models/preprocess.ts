// Pixels in, the vision encoder's input out: the same numbers as the reference image processor.
import { decodeRgb, type ImageLimits } from './preprocess-decode.ts';
import { type RgbPixels, resizeBicubic } from './preprocess-resize.ts';

export type { ImageLimits } from './preprocess-decode.ts';

/** The part of `preprocessor_config.json` (or `processor_config.json`) that shapes the pixels. */
export interface ImageProcessorConfig {
  /** Side of the square that the vision encoder takes, in pixels. */
  readonly size: number;
  /** Factor from 8-bit levels to the values that `mean` and `std` are about, 1/255. */
  readonly rescaleFactor: number;
  /** Red, green, blue. */
  readonly mean: readonly [number, number, number];
  readonly std: readonly [number, number, number];
}

/**
 * Decodes an image file to (3, size, size) as transformers' `BlipImageProcessor` does: upright, RGB, resized
 * to a square whatever the shape was, rescaled, normalised.
 *
 * @param page of an animation, from 0
 * @throws ImageError with a sentence for the person who posted the image
 */
export async function preprocess(
  image: Uint8Array,
  config: ImageProcessorConfig,
  { page, ...limits }: ImageLimits & { readonly page?: number } = {},
): Promise<Float32Array> {
  const pixels = await decodeRgb(image, limits, page);
  return normalise(resizeBicubic(pixels, config.size, config.size), config);
}

function normalise({ data }: RgbPixels, { rescaleFactor, mean, std }: ImageProcessorConfig): Float32Array {
  const plane = data.length / 3;
  const values = new Float32Array(data.length); // (3, size, size)
  for (const [channel, offset] of mean.entries()) {
    const scale = std[channel] ?? 1;
    for (let pixel = 0; pixel < plane; pixel++) {
      const level = data[pixel * 3 + channel] ?? 0;
      values[channel * plane + pixel] = (level * rescaleFactor - offset) / scale;
    }
  }
  return values;
}
