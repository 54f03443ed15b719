// Pixels in, the vision encoder's input out: the same numbers as the reference image processor.
import { ImageError } from './errors.ts';

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

export interface ImageLimits {
  /** Width times height of the file, checked before anything is decoded. */
  readonly maxPixels: number;
}

/**
 * Decodes an image file to (3, size, size) as transformers' `BlipImageProcessor` does.
 *
 * @throws ImageError with a sentence for the person who posted the image
 */
export async function preprocess(
  _image: Uint8Array,
  _config: ImageProcessorConfig,
  _limits?: ImageLimits,
): Promise<Float32Array> {
  throw new ImageError('Preprocessing is on its way.');
}
