// From the world to its records and back.
import {
  type APIApplicationCommand,
  type APIEmbed,
  type APIGuildMember,
  type APIRole,
  type APIStickerItem,
  type APIUser,
  Locale,
  MessageFlags,
} from 'discord.js';
import { z } from 'zod';
import { emptyWorld, type WorldOptions } from '../state/create-world.ts';
import { hasFlag } from '../state/messages.ts';
import { createSnowflakes } from '../state/snowflake.ts';
import type { AnyChannel, CustomEmoji, StoredMessage, World } from '../state/world.ts';
import type { Change, WorldFile } from './world-file.ts';

const identityShape = z.object({
  botId: z.string(),
  meId: z.string(),
  guild: z.object({ id: z.string(), name: z.string(), ownerId: z.string() }),
  /** All ids up to this one are taken. */
  lastId: z.string().regex(/^\d+$/),
});
const withId = z.looseObject({ id: z.string() });
const shapes = {
  user: withId.extend({ username: z.string() }),
  role: withId.extend({ permissions: z.string() }),
  member: z.looseObject({ user: withId, roles: z.array(z.string()) }),
  channel: withId.extend({ type: z.int() }),
  threadMembers: z.object({ threadId: z.string(), joined: z.record(z.string(), z.string()) }),
  commands: z.array(withId.extend({ name: z.string() })),
  sticker: withId.extend({ name: z.string(), format_type: z.int() }),
  emoji: withId.extend({ name: z.string(), animated: z.boolean() }),
  webPage: z.looseObject({ url: z.string() }),
  asset: z.object({ path: z.string(), base64: z.base64() }),
  locale: z.object({ userId: z.string(), locale: z.enum(Locale) }),
  message: z.object({
    message: withId.extend({
      channel_id: z.string(),
      content: z.string(),
      author: withId,
      mentions: z.array(withId),
      attachments: z.array(withId.extend({ url: z.string() })),
    }),
    viewerId: z.string().optional(),
  }),
};

/** What of a world may change, each of it with the record that keeps it. */
export const records = {
  identity: ({ bot, me, guild, newId }: World): Change => {
    const { id, name, ownerId } = guild;
    const value = { botId: bot.id, meId: me.id, guild: { id, name, ownerId }, lastId: newId() };
    return { kind: 'identity', id: '', value };
  },
  user: ({ users }: World, id: string): Change => ({ kind: 'user', id, value: users.get(id) }),
  role: ({ guild }: World, id: string): Change => ({ kind: 'role', id, value: guild.roles.get(id) }),
  member: ({ guild }: World, id: string): Change => ({ kind: 'member', id, value: guild.members.get(id) }),
  channel: ({ channels }: World, id: string): Change => ({ kind: 'channel', id, value: channels.get(id) }),
  threadMembers: ({ threadMembers }: World, threadId: string): Change => {
    const members = threadMembers.get(threadId);
    const value = members && { threadId, joined: Object.fromEntries(members) };
    return { kind: 'threadMembers', id: threadId, value };
  },
  commands: ({ commands }: World): Change => ({ kind: 'commands', id: '', value: [...commands.values()] }),
  sticker: ({ stickers }: World, id: string): Change => ({ kind: 'sticker', id, value: stickers.get(id) }),
  emoji: ({ emoji }: World, id: string): Change => ({ kind: 'emoji', id, value: emoji.get(id) }),
  webPage: ({ webPages }: World, address: string): Change => ({
    kind: 'webPage',
    id: address,
    value: webPages.get(address),
  }),
  asset: ({ assets }: World, path: string): Change => {
    const bytes = assets.get(path);
    const value = bytes && { path, base64: Buffer.from(bytes).toString('base64') };
    return { kind: 'asset', id: path, value };
  },
  locale: ({ locales }: World, userId: string): Change => {
    const locale = locales.get(userId);
    return { kind: 'locale', id: userId, value: locale && { userId, locale } };
  },
  message: ({ messages }: World, id: string, channelId: string): Change => ({
    kind: 'message',
    id,
    value: messages.get(channelId)?.get(id),
  }),
};

/** What the records of a kind are, beyond the fields that are looked at when they are read. */
interface Kept {
  user: APIUser;
  role: APIRole;
  member: APIGuildMember;
  channel: AnyChannel;
  threadMembers: { readonly threadId: string; readonly joined: Readonly<Record<string, string>> };
  commands: APIApplicationCommand[];
  sticker: APIStickerItem;
  emoji: CustomEmoji;
  webPage: APIEmbed & { readonly url: string };
  asset: { readonly path: string; readonly base64: string };
  locale: { readonly userId: string; readonly locale: Locale };
  message: StoredMessage;
}

/**
 * The world as it was when its last record was written; undefined for a new file.
 * @throws Error when the records don't make a world
 */
export function readWorld(file: WorldFile, options: WorldOptions): World | undefined {
  const [found] = file.read('identity');
  if (found === undefined) return undefined;
  const { botId, meId, guild, lastId } = identityShape.parse(found);
  const users = byId(read(file, 'user'));
  const [bot, me] = [users.get(botId), users.get(meId)];
  if (bot === undefined || me === undefined) throw new Error('the bot or its owner is missing in it');
  const world = emptyWorld(options, { newId: createSnowflakes(lastId), bot, me, guild });
  copy(users, world.users);
  copy(byId(read(file, 'role')), world.guild.roles);
  for (const member of read(file, 'member')) {
    const user = users.get(member.user.id) ?? member.user;
    world.guild.members.set(user.id, { ...member, user });
  }
  copy(byId(read(file, 'channel')), world.channels);
  for (const { threadId, joined } of read(file, 'threadMembers')) {
    world.threadMembers.set(threadId, new Map(Object.entries(joined)));
  }
  copy(byId(read(file, 'commands').flat()), world.commands);
  copy(byId(read(file, 'sticker')), world.stickers);
  copy(byId(read(file, 'emoji')), world.emoji);
  for (const page of read(file, 'webPage')) world.webPages.set(page.url, page);
  for (const { path, base64 } of read(file, 'asset')) world.assets.set(path, Buffer.from(base64, 'base64'));
  for (const { userId, locale } of read(file, 'locale')) world.locales.set(userId, locale);
  for (const id of world.channels.keys()) world.messages.set(id, new Map());
  for (const stored of read(file, 'message')) {
    const { id, channel_id } = stored.message;
    world.messages.get(channel_id)?.set(id, settled(stored));
  }
  return world;
}

/** Nobody answers any more what was "thinking…" when the program ended: the page says as Discord's own does. */
function settled({ message, ...rest }: StoredMessage): StoredMessage {
  if (!hasFlag(message, MessageFlags.Loading)) return { message, ...rest };
  const flags = (message.flags ?? 0) & ~MessageFlags.Loading;
  return { ...rest, message: { ...message, flags, content: 'The application did not respond' } };
}

function read<Kind extends keyof Kept>(file: WorldFile, kind: Kind): Kept[Kind][] {
  return file.read(kind).map((value) => {
    shapes[kind].parse(value);
    return value as Kept[Kind];
  });
}

function byId<Value extends { readonly id: string }>(values: readonly Value[]): Map<string, Value> {
  return new Map(values.map((value) => [value.id, value]));
}

function copy<Value>(from: ReadonlyMap<string, Value>, to: Map<string, Value>): void {
  for (const [id, value] of from) to.set(id, value);
}
