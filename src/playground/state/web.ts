// The web that links in messages lead to, and what Discord shows of it a moment later.
import { type APIEmbed, type EmbedType, MessageFlags } from 'discord.js';
import { putAsset } from './assets.ts';
import { sniffImage } from './image-size.ts';
import { hasFlag, replace } from './messages.ts';
import { may } from './permissions.ts';
import { proxyPath } from './proxy-path.ts';
import type { StoredMessage, World } from './world.ts';

export interface WebPage {
  /** As Discord tells them apart: an animation is a video that plays by itself. */
  readonly kind: `${EmbedType.Article | EmbedType.Video | EmbedType.GIFV}`;
  readonly title: string;
  /** What is shown of it, small. */
  readonly picture: Uint8Array;
}

/** Puts a picture behind an address of the web, where the local Discord's proxy finds it. */
export function addWebPicture(world: World, address: string, bytes: Uint8Array): void {
  putAsset(world, proxyPath(address), bytes);
}

export function addWebPage(world: World, address: string, { kind, title, picture }: WebPage): void {
  const thumbnail = { url: `${address}/preview` };
  const video = kind === 'article' ? {} : { video: { url: `${address}/player` } };
  addWebPicture(world, thumbnail.url, picture);
  world.webPages.set(address, { type: kind as EmbedType, url: address, title, thumbnail, ...video });
  world.announce({ type: 'webPage', address });
}

/** Discord takes longer, and the bot waits longer. */
const lookingMs = 150;

/** Shows what the links in a message lead to, a moment after it was delivered, as Discord does. */
export function unfurlLinks(world: World, stored: StoredMessage): void {
  const embeds = previewsOf(world, stored);
  if (embeds.length === 0) return;
  setTimeout(() => {
    const { id, channel_id, content } = stored.message;
    const now = world.messages.get(channel_id)?.get(id);
    if (now?.message.content === content) replace(world, { ...now, message: { ...now.message, embeds } });
  }, lookingMs).unref();
}

/** A message without the previews of links that other words for it don't hold. */
export function withoutPreviews(stored: StoredMessage, content: string): StoredMessage {
  const embeds = stored.message.embeds.filter(({ url }) => url !== undefined && content.includes(url));
  return { ...stored, message: { ...stored.message, embeds } };
}

function previewsOf(world: World, { message }: StoredMessage): APIEmbed[] {
  const channel = world.channels.get(message.channel_id);
  const isShown = channel !== undefined && may(world, message.author.id, channel, 'EmbedLinks');
  if (!isShown || hasFlag(message, MessageFlags.SuppressEmbeds)) return [];
  const addresses = message.content.match(/(?<!<)https?:\/\/\S+/g) ?? [];
  return addresses.flatMap((address) => previewOf(world, address) ?? []);
}

function previewOf(world: World, address: string): APIEmbed | undefined {
  const page = world.webPages.get(address);
  if (page) return { ...page, thumbnail: pictureAt(world, page.thumbnail?.url ?? address) };
  if (!world.assets.has(proxyPath(address))) return undefined;
  return { type: 'image' as EmbedType, url: address, thumbnail: pictureAt(world, address) };
}

function pictureAt({ assets, origin }: World, address: string): NonNullable<APIEmbed['thumbnail']> {
  const path = proxyPath(address);
  const { width, height } = sniffImage(assets.get(path) ?? new Uint8Array()) ?? {};
  const size = width && height ? { width, height } : {};
  return { url: address, proxy_url: `${origin}${path}`, ...size };
}
