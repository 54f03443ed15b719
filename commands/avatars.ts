// People's avatars as pictures to talk about. The key names whose it is and its hash, so that a talk stays with the
// picture that it began with, whatever they show of themselves later.
import type { ChatInputCommandInteraction, Client, Message } from 'discord.js';
import type { SceneImage } from '../conversation/conversations.ts';
import { splitFrame } from '../conversation/frames.ts';
import type { Saying } from '../models/saying.ts';
import { isMachineMade } from './alt-text.ts';
import type { PostedImage } from './command.ts';
import { imageNamedBy } from './named-image.ts';
import { saying } from './texts/texts.ts';

interface Avatar {
  /** `server-avatar`: the one that they show on the server where it is talked about. */
  readonly kind: 'avatar' | 'server-avatar';
  readonly userId: string;
  /** For somebody who shows none, the number of the one that Discord gives them. */
  readonly hash: string;
}

type Where = Pick<PostedImage, 'channelId' | 'messageId' | 'postedAt'> & { readonly guildId: string | null };

/** Pixels on a side; the model sees no more. */
const side = 512;

export function isAvatar({ attachmentId }: Pick<SceneImage, 'attachmentId'>): boolean {
  return parse(attachmentId) !== undefined;
}

/** Who shows it; undefined for a picture that is none. */
export function avatarOwner({ attachmentId }: Pick<SceneImage, 'attachmentId'>): string | undefined {
  return parse(attachmentId)?.userId;
}

/**
 * The avatar of whoever the command names: on this server where they have one for it, else everywhere, else the one that
 * Discord gives them.
 * @param messageId of the answer to be, which it hangs on
 */
export function avatarNamed(
  { client, options, channelId, guildId, createdAt: postedAt }: ChatInputCommandInteraction,
  messageId: string,
): PostedImage | undefined {
  const user = options.getUser('user');
  if (!user) return undefined;
  const onServer = options.getMember('user')?.avatar;
  const given = /(\d)\.png/.exec(user.defaultAvatarURL)?.[1] ?? '0';
  const avatar: Avatar = onServer
    ? { kind: 'server-avatar', userId: user.id, hash: onServer }
    : { kind: 'avatar', userId: user.id, hash: user.avatar ?? given };
  return pictureOf(avatar, client, { channelId, messageId, guildId, postedAt });
}

/** The avatar that an answer of the bot's shows, or would if it could post files there. */
export function avatarOn(message: Message): PostedImage | undefined {
  const { id, client, author, attachments, channelId, guildId, createdAt: postedAt } = message;
  const named = author.id === client.user.id ? imageNamedBy(message) : undefined;
  const avatar = named?.messageId === id ? parse(named.attachmentId) : undefined;
  if (!named || !avatar) return undefined;
  const where = { channelId, messageId: id, guildId, postedAt };
  const { attachmentId } = named;
  const picture = { ...pictureOf(avatar, client, where), attachmentId };
  const file = attachments.first();
  if (!file) return picture;
  const description = file.description && isMachineMade(file.description) ? file.description : undefined;
  return { ...picture, url: file.url, size: file.size, ...(description && { description }) };
}

function parse(key: string): Avatar | undefined {
  const [, kind, userId = '', hash = ''] =
    /^(avatar|server-avatar):(\d+):((?:a_)?[0-9a-f]{32}|\d)$/.exec(splitFrame(key).key) ?? [];
  return kind ? { kind: kind as Avatar['kind'], userId, hash } : undefined;
}

function pictureOf(avatar: Avatar, client: Client, { guildId, ...where }: Where): PostedImage {
  const { kind, userId, hash } = avatar;
  return {
    ...where,
    ...(guildId && { guildId }),
    attachmentId: `${kind}:${userId}:${hash}`,
    authorId: userId,
    url: addressOf(avatar, client, guildId),
    name: isMoving(hash) ? 'avatar.gif' : 'avatar.png',
    size: 0,
    note: noteOn(avatar),
  };
}

function addressOf(
  { kind, userId, hash }: Avatar,
  { rest: { cdn } }: Client,
  guildId: string | null,
): string {
  const options = { extension: 'png', size: side } as const;
  if (isDefault(hash)) return cdn.defaultAvatar(Number(hash));
  if (kind === 'server-avatar' && guildId) return cdn.guildMemberAvatar(guildId, userId, hash, options);
  return cdn.avatar(userId, hash, options);
}

/** A name that follows them, and pings nobody. */
function noteOn({ kind, userId, hash }: Avatar): Saying {
  const person = `<@${userId}>`;
  if (isDefault(hash)) return saying('defaultAvatarNote', { person });
  return saying(kind === 'avatar' ? 'avatarNote' : 'serverAvatarNote', { person });
}

function isDefault(hash: string): boolean {
  return hash.length === 1;
}

/** discord.js asks for such a one as a GIF. */
function isMoving(hash: string): boolean {
  return hash.startsWith('a_');
}
