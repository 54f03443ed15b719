// From decoded samples to plain RGB.
import type { RgbPixels } from './preprocess-resize.ts';

export interface Samples {
  readonly data: Uint8Array;
  readonly width: number;
  readonly height: number;
  readonly channels: number;
}

type PixelConversion = (from: Uint8Array, at: number, into: Uint8Array, target: number) => void;

export function toRgb({ data, width, height, channels }: Samples, convert: PixelConversion): RgbPixels {
  if (channels === 3) return { data, width, height };
  const rgb = new Uint8Array(width * height * 3);
  for (let at = 0, target = 0; target < rgb.length; at += channels, target += 3) {
    convert(data, at, rgb, target);
  }
  return { data: rgb, width, height };
}

/** Alpha is not premultiplied. Rounded as Pillow's `alpha_composite` rounds. */
export const onWhite: PixelConversion = (from, at, into, target) => {
  const alpha = from[at + 3] ?? 255;
  for (let channel = 0; channel < 3; channel++) {
    into[target + channel] = Math.round(((from[at + channel] ?? 0) * alpha + 255 * (255 - alpha)) / 255);
  }
};

export const inksToRgb: PixelConversion = (from, at, into, target) => {
  const light = 255 - (from[at + 3] ?? 0); // what the black ink leaves
  for (let channel = 0; channel < 3; channel++) {
    into[target + channel] = light - Math.round(((from[at + channel] ?? 0) * light) / 255);
  }
};
