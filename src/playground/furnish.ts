// Puts into a world what its people can try without having it at hand: stickers, emoji, and pictures in the web. It comes
// with the program and is there at each start, so nothing is announced, and nothing of it is written to the world's file.
import { readFile } from 'node:fs/promises';
import { basename } from 'node:path';
import type { Expression, Sample, SampleSticker } from './samples.ts';
import { emojiPath, isGif, stickerPath } from './state/assets.ts';
import { proxyPath } from './state/proxy-path.ts';
import type { World } from './state/world.ts';

export interface Furniture {
  readonly samples: readonly Sample[];
  readonly stickers: readonly SampleSticker[];
  readonly emoji: readonly Expression[];
}

/** Once the world has its address. */
export async function furnish(world: World, { samples, stickers, emoji }: Furniture): Promise<void> {
  for (const { id, name, format, file } of stickers) {
    world.stickers.set(id, { id, name, format_type: format });
    world.assets.set(stickerPath(id, format), await readFile(file));
  }
  for (const { id, name, file } of emoji) {
    const bytes = await readFile(file);
    world.emoji.set(id, { id, name, animated: isGif(bytes) });
    world.assets.set(emojiPath(id), bytes);
  }
  for (const sample of samples) {
    world.assets.set(proxyPath(webAddress(world, sample)), await readFile(sample.file));
  }
}

/** The page's own address of a sample: the one part of the web that is surely there. */
export function webAddress({ origin }: World, sample: Sample): string {
  return `${origin}${samplePath(sample)}`;
}

export function samplePath({ file }: Sample): string {
  return `/page/samples/${encodeURIComponent(basename(file))}`;
}
