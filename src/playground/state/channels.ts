// A guild's channels and direct messages; threads have a file of their own.
import {
  type APIDMChannel,
  type APIGuildForumChannel,
  type APIGuildVoiceChannel,
  type APIOverwrite,
  type APITextChannel,
  ChannelType,
  ForumLayoutType,
  OverwriteType,
} from 'discord.js';
import { refuse } from '../errors.ts';
import { canSee } from './permissions.ts';
import { forgetMessage } from './remove-message.ts';
import type { AnyChannel, GuildChannel, World } from './world.ts';

export function createTextChannel(world: World, name: string, topic: string | null = null): APITextChannel {
  return addChannel(world, {
    ...newChannel(world, name),
    type: ChannelType.GuildText,
    topic,
    last_pin_timestamp: null,
  });
}

/** People write in it as well. */
export function createVoiceChannel(world: World, name: string): APIGuildVoiceChannel {
  return addChannel(world, {
    ...newChannel(world, name),
    type: ChannelType.GuildVoice,
    bitrate: 64_000,
    user_limit: 0,
    rtc_region: null,
  });
}

/** Holds posts, each of which is a thread, and no messages. */
export function createForum(world: World, name: string): APIGuildForumChannel {
  return addChannel(world, {
    ...newChannel(world, name),
    type: ChannelType.GuildForum,
    topic: null,
    available_tags: [],
    default_reaction_emoji: null,
    default_sort_order: null,
    default_forum_layout: ForumLayoutType.NotSet,
  } as APIGuildForumChannel);
}

function newChannel(world: World, name: string) {
  return {
    id: world.newId(),
    guild_id: world.guild.id,
    name,
    position: world.channels.size,
    permission_overwrites: [],
    parent_id: null,
    nsfw: false,
    rate_limit_per_user: 0,
    last_message_id: null,
    flags: 0 as NonNullable<APITextChannel['flags']>,
  };
}

export function isGuildChannel(channel: AnyChannel): channel is GuildChannel {
  return 'permission_overwrites' in channel;
}

/** The direct messages between a person and the bot, made when they are first needed. */
export function directMessagesWith(world: World, userId: string): APIDMChannel {
  const user = world.users.get(userId);
  if (user === undefined || user.bot === true) throw refuse('unknownUser');
  for (const channel of world.channels.values()) {
    if (channel.type === ChannelType.DM && channel.recipients?.[0]?.id === userId) return channel;
  }
  // The types ask for a name that is null; what Discord sends has none.
  const channel: Omit<APIDMChannel, 'name'> = {
    id: world.newId(),
    type: ChannelType.DM,
    last_message_id: null,
    last_pin_timestamp: null,
    flags: 0 as NonNullable<APIDMChannel['flags']>,
    recipients: [user],
  };
  return addChannel(world, channel as APIDMChannel);
}

export function addChannel<Channel extends AnyChannel>(world: World, channel: Channel): Channel {
  world.channels.set(channel.id, channel);
  world.messages.set(channel.id, new Map());
  world.announce({ type: 'channelCreate', channel });
  return channel;
}

/** @throws DiscordError 10003 or, for a channel that this user can't see, 50001 */
export function channelFor(world: World, userId: string, channelId: string): AnyChannel {
  const channel = world.channels.get(channelId);
  if (channel === undefined) throw refuse('unknownChannel');
  if (!canSee(world, userId, channel)) throw refuse('missingAccess');
  return channel;
}

export function updateChannel(world: World, channel: AnyChannel): void {
  world.channels.set(channel.id, channel);
  world.announce({ type: 'channelUpdate', channel });
}

/** Takes its threads and messages along. */
export function deleteChannel(world: World, channel: AnyChannel): void {
  for (const other of [...world.channels.values()]) {
    if ('parent_id' in other && other.parent_id === channel.id) deleteChannel(world, other);
  }
  for (const stored of [...(world.messages.get(channel.id)?.values() ?? [])]) forgetMessage(world, stored);
  world.channels.delete(channel.id);
  world.messages.delete(channel.id);
  world.threadMembers.delete(channel.id);
  world.announce({ type: 'channelDelete', channel });
}

/** Takes permissions from somebody in one channel, and gives back those that were taken before. */
export function denyIn(world: World, channelId: string, userId: string, bits: bigint): void {
  const channel = world.channels.get(channelId);
  if (!channel || !isGuildChannel(channel)) throw refuse('unknownChannel');
  const others = (channel.permission_overwrites ?? []).filter(({ id }) => id !== userId);
  const denied = { id: userId, type: OverwriteType.Member, allow: '0', deny: bits.toString() };
  setOverwrites(world, channelId, bits === 0n ? others : [...others, denied]);
}

function setOverwrites(world: World, channelId: string, overwrites: APIOverwrite[]): void {
  const channel = world.channels.get(channelId);
  if (!channel || !isGuildChannel(channel)) throw refuse('unknownChannel');
  const wasHidden = !canSee(world, world.bot.id, channel);
  const changed = { ...channel, permission_overwrites: overwrites };
  updateChannel(world, changed);
  if (wasHidden && canSee(world, world.bot.id, changed))
    world.announce({ type: 'channelShown', channel: changed });
}
