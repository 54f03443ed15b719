// Pictures that hang on no message as files: stickers, emoji of the guild's own, and what links lead to. They are known
// until the program ends.
import { type APIEmbed, type APIStickerItem, EmbedType, StickerFormatType } from 'discord.js';
import { sniffImage } from './image-size.ts';
import { replace } from './messages.ts';
import { UseError } from './use-error.ts';
import type { StoredMessage, World } from './world.ts';

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
  world.assets.set(`/stickers/${id}.${extensions[format]}`, bytes);
  return id;
}

/** @throws UseError */
export function stickerItem(world: World, id: string): APIStickerItem {
  const sticker = world.stickers.get(id);
  if (sticker === undefined) throw new UseError('There is no such sticker.');
  return sticker;
}

/** @returns how it stands in a message: `<:name:id>` */
export function addEmoji(world: World, name: string, bytes: Uint8Array): string {
  const id = world.newId();
  world.assets.set(`/emojis/${id}.png`, bytes);
  return `<:${name}:${id}>`;
}

/** Puts a picture behind an address of the web, where the local Discord's proxy finds it. */
export function addWebPicture(world: World, address: string, bytes: Uint8Array): void {
  world.assets.set(proxyPath(address), bytes);
}

/** Discord takes longer, and the bot waits longer. */
const lookingMs = 150;

/** Shows what the links in a message lead to, a moment after it was delivered, as Discord does. */
export function unfurlLinks(world: World, stored: StoredMessage): void {
  const addresses = stored.message.content.match(/(?<!<)https?:\/\/\S+/g) ?? [];
  const embeds = addresses.flatMap((address) => previewOf(world, address) ?? []);
  if (embeds.length === 0) return;
  setTimeout(() => {
    const { id, channel_id } = stored.message;
    const now = world.messages.get(channel_id)?.get(id);
    if (now) replace(world, { ...now, message: { ...now.message, embeds } });
  }, lookingMs).unref();
}

function previewOf(world: World, address: string): APIEmbed | undefined {
  const path = proxyPath(address);
  const bytes = world.assets.get(path);
  if (bytes === undefined) return undefined;
  const { width, height } = sniffImage(bytes) ?? {};
  const size = width && height ? { width, height } : {};
  const thumbnail = { url: address, proxy_url: `${world.origin}${path}`, ...size };
  return { type: EmbedType.Image, url: address, thumbnail };
}

/** As in `/external/signature/https/example.org/cat.png`. */
function proxyPath(address: string): string {
  const { protocol, host, pathname } = new URL(address);
  return `/external/signature/${protocol.slice(0, -1)}/${host}${pathname}`;
}
