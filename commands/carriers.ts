// What carries a picture beside a file: a sticker, the preview of a link, a bot's components, an emoji of a server's own.
// Each has a key that stands in the place of a file's id, so that it is found again on its message.
import { createHash } from 'node:crypto';
import {
  type APIEmbed,
  type APIMessageTopLevelComponent,
  type APIUnfurledMediaItem,
  type Embed,
  type Message,
  type Sticker,
  StickerFormatType,
} from 'discord.js';
import type { Saying } from '../models/saying.ts';
import { isPictureMedia, mediaIn } from './component-media.ts';
import { saying } from './texts/texts.ts';

export interface Carried {
  readonly attachmentId: string;
  readonly url: string;
  readonly name: string;
  /** What it is, where that isn't plain: stands under answers about it. */
  readonly note?: Saying;
  /** It is covered until somebody clicks it. */
  readonly isHidden?: true;
  /** The alternative text that it came with. */
  readonly description?: string;
}

/** A message, or what one forwards. */
export type Holder = Pick<Message, 'attachments' | 'components' | 'content' | 'embeds' | 'stickers'>;

/** The message itself first. */
export function holdersOf(message: Message): Holder[] {
  return [message, ...message.messageSnapshots.values()];
}

/** Those that are images: an animation in the Lottie format has no pixels before somebody draws it. */
export function stickersOn(message: Message): Carried[] {
  return allStickers(message)
    .filter(({ format }) => format !== StickerFormatType.Lottie)
    .map(({ id, name, url }) => ({ attachmentId: `sticker:${id}`, url, name }));
}

export function lottieOn(message: Message): Sticker | undefined {
  return allStickers(message).find(({ format }) => format === StickerFormatType.Lottie);
}

/**
 * Only by the addresses of Discord's own proxy: who posts a link must not lead the bot to any other server.
 * @param kind `picture` for links to pictures and for what bots show large; `other` for the small ones beside a text
 */
export function previewsOn(message: Message, kind: 'picture' | 'other'): Carried[] {
  const all = holdersOf(message).flatMap(({ embeds, content }) =>
    embeds.map((embed) => ({ embed, content })),
  );
  return all.flatMap(({ embed, content }) => {
    const { proxyURL: url, url: source } = embed.image ?? embed.thumbnail ?? {};
    const attachmentId = previewKey(embed.data);
    const isWanted = isPicture(embed) === (kind === 'picture');
    if (!url || !attachmentId || !isWanted) return [];
    const note = isVideo(embed) ? { note: saying('stillNote') } : {};
    const hidden = isCovered(embed, content) ? { isHidden: true as const } : {};
    return [{ attachmentId, url, name: nameIn(source ?? url), ...note, ...hidden }];
  });
}

/**
 * What bots and webhooks lay out by components.
 * @param kind `picture` for those in galleries and files; `other` for the small ones beside a text
 */
export function mediaOn(message: Message, kind: 'picture' | 'other'): Carried[] {
  const all = holdersOf(message).flatMap((holder) => mediaIn(componentsOf(holder)));
  return all.filter(isPictureMedia).flatMap(({ media, isSmall, isHidden, description }) => {
    const attachmentId = mediaKey(media);
    // Of what lies elsewhere only what Discord's proxy holds.
    const url = media.attachment_id ? media.url : media.proxy_url;
    if (!url || !attachmentId || isSmall === (kind === 'picture')) return [];
    const marks = { ...(isHidden && { isHidden: true as const }), ...(description && { description }) };
    return [{ attachmentId, url, name: nameIn(media.url), ...marks }];
  });
}

/** As Discord sends them. */
export function componentsOf({ components }: Pick<Holder, 'components'>): APIMessageTopLevelComponent[] {
  return components.map((component) => component.toJSON() as APIMessageTopLevelComponent);
}

export function mediaKey({ attachment_id: id, url }: APIUnfurledMediaItem): string | undefined {
  return id ?? previewKey({ image: { url } });
}

/**
 * By what it shows: an edit may put another link into the place of one. Undefined for one without a picture.
 * @see isTakenOff, which knows it by its length
 */
export function previewKey({ image, thumbnail }: Pick<APIEmbed, 'image' | 'thumbnail'>): string | undefined {
  const address = (image ?? thumbnail)?.url;
  if (!address) return undefined;
  return `embed:${createHash('sha256').update(withoutSignature(address)).digest('hex').slice(0, 16)}`;
}

/** Discord signs the addresses of its own files anew whenever it tells them. */
function withoutSignature(address: string): string {
  const isDiscords = /^https:\/\/(cdn|media)\.discordapp\.(com|net)\//.test(address);
  return isDiscords ? address.replace(/[?#].*$/, '') : address;
}

/** Emoji of servers' own: those that are letters to a computer are none. */
export function emojiOn(message: Message): Carried[] {
  const { cdn } = message.client.rest;
  const found = holdersOf(message).flatMap(({ content }) => [...content.matchAll(/<(a?):(\w+):(\d+)>/g)]);
  return found.map(([, animated, name = '', id = '']) => ({
    attachmentId: `emoji:${id}`,
    url: cdn.emoji(id, { extension: animated ? 'gif' : 'png' }),
    name: `:${name}:`,
  }));
}

function allStickers(message: Message): Sticker[] {
  return holdersOf(message).flatMap(({ stickers }) => [...stickers.values()]);
}

/** An animation that plays by itself is a video to Discord. */
function isVideo({ data }: Embed): boolean {
  return data.type === 'video' || data.type === 'gifv';
}

/** Whether it shows a link between two bars each; some are told by another address than they were written with. */
function isCovered({ url }: Embed, content: string): boolean {
  const covered = content.match(/\|\|.+?\|\|/gs)?.join(' ') ?? '';
  const isAlone = /https?:\/\//.test(covered) && !/https?:\/\//.test(content.replace(/\|\|.+?\|\|/gs, ' '));
  return isAlone || (url !== null && covered.includes(url));
}

function isPicture({ data, image }: Embed): boolean {
  return image !== null || data.type === 'image' || data.type === 'gifv';
}

function nameIn(address: string): string {
  return URL.canParse(address) ? new URL(address).pathname.split('/').at(-1) || 'picture' : 'picture';
}
