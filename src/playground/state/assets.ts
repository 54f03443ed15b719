// Pictures that hang on no message as files: stickers, emoji of the guild's own, people's avatars, and what the proxy
// holds of the web.
import { type APIStickerItem, StickerFormatType } from 'discord.js';
import { sniffImage } from './image-size.ts';
import { UseError } from './use-error.ts';
import type { World } from './world.ts';

const extensions: Readonly<Record<StickerFormatType, string>> = {
  [StickerFormatType.PNG]: 'png',
  [StickerFormatType.APNG]: 'png',
  [StickerFormatType.Lottie]: 'json',
  [StickerFormatType.GIF]: 'gif',
};

/** @returns its id */
export function addSticker(world: World, name: string, format: StickerFormatType, bytes: Uint8Array): string {
  const id = world.newId();
  world.stickers.set(id, { id, name, format_type: format });
  world.announce({ type: 'sticker', id });
  putAsset(world, stickerPath(id, format), bytes);
  return id;
}

export function stickerPath(id: string, format: StickerFormatType): string {
  return `/stickers/${id}.${extensions[format]}`;
}

/** Without an ending: it is served in each format. */
export function emojiPath(id: string): string {
  return `/emojis/${id}`;
}

/** @throws UseError */
export function stickerItem(world: World, id: string): APIStickerItem {
  const sticker = world.stickers.get(id);
  if (sticker === undefined) throw new UseError('There is no such sticker.');
  return sticker;
}

/** @returns how it stands in a message: `<:name:id>`, or `<a:name:id>` where it moves */
export function addEmoji(world: World, name: string, bytes: Uint8Array): string {
  const id = world.newId();
  const animated = isGif(bytes);
  world.emoji.set(id, { id, name, animated });
  world.announce({ type: 'emoji', id });
  putAsset(world, emojiPath(id), bytes);
  return `<${animated ? 'a' : ''}:${name}:${id}>`;
}

export function isGif(bytes: Uint8Array): boolean {
  return sniffImage(bytes)?.contentType === 'image/gif';
}

/** @param bytes undefined takes it away */
export function putAsset(world: World, path: string, bytes: Uint8Array | undefined): void {
  if (bytes === undefined) world.assets.delete(path);
  else world.assets.set(path, bytes);
  world.announce({ type: 'asset', path });
}
