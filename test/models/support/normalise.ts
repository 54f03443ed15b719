import sharp from 'sharp';
import type { Preprocess } from '../../../models/local-backend.ts';

/** For RGB PNGs of the model's own size, of which there is nothing to resize. */
export const normalise: Preprocess = async (image, { size, rescaleFactor, mean, std }) => {
  const levels = await sharp(image).raw().toBuffer();
  const area = size * size;
  return Float32Array.from({ length: 3 * area }, (_, at) => {
    const channel = Math.floor(at / area) as 0 | 1 | 2;
    return ((levels[(at % area) * 3 + channel] ?? 0) * rescaleFactor - mean[channel]) / std[channel];
  });
};
