// Which gateway event, if any, a bot with these intents receives for something that happened.
import { ChannelType, GatewayIntentBits } from 'discord.js';
import { isGuildChannel } from '../state/channels.ts';
import { canSee } from '../state/permissions.ts';
import { presentMessage } from '../state/present.ts';
import { isThread, threadMember } from '../state/thread-members.ts';
import type {
  AnyChannel,
  EventOf,
  StoredMessage,
  World,
  WorldEvent,
  WorldEventType,
} from '../state/world.ts';
import { channelForBot } from './channel-for-bot.ts';
import { guildCreate } from './guild-create.ts';
import { has } from './intents.ts';
import { interactionPayload } from './interaction-payload.ts';

export interface Dispatch {
  readonly name: string;
  readonly data: unknown;
}

type Mappers = {
  readonly [Type in WorldEventType]?: (
    world: World,
    event: EventOf<Type>,
    intents: number,
  ) => Dispatch | undefined;
};

const mappers: Mappers = {
  messageCreate: (world, { stored }, intents) => message(world, 'MESSAGE_CREATE', stored, intents),
  messageUpdate: (world, { stored }, intents) => message(world, 'MESSAGE_UPDATE', stored, intents),
  messageDelete: (world, { stored, inBulk }, intents) =>
    inBulk ? undefined : messageDelete(world, stored, intents),
  messageDeleteBulk: (world, event, intents) => messageDeleteBulk(world, event, intents),
  channelCreate: (world, { channel }, intents) => channelCreate(world, channel, intents),
  channelUpdate: (world, { channel }, intents) => channelEvent(world, 'UPDATE', channel, intents),
  channelDelete: (world, { channel }, intents) => channelEvent(world, 'DELETE', channel, intents),
  channelShown: (world, { channel }, intents) => threadList(world, channel, intents),
  threadMember: (world, event, intents) => threadMembers(world, event, intents),
  memberAdd: (world, { member }, intents) =>
    has(intents, GatewayIntentBits.GuildMembers)
      ? { name: 'GUILD_MEMBER_ADD', data: { ...member, guild_id: world.guild.id } }
      : undefined,
  memberUpdate: (world, { member }, intents) =>
    has(intents, GatewayIntentBits.GuildMembers)
      ? { name: 'GUILD_MEMBER_UPDATE', data: { ...member, guild_id: world.guild.id } }
      : undefined,
  roleCreate: (world, { role }, intents) =>
    has(intents, GatewayIntentBits.Guilds)
      ? { name: 'GUILD_ROLE_CREATE', data: { guild_id: world.guild.id, role } }
      : undefined,
  roleUpdate: (world, { role }, intents) =>
    has(intents, GatewayIntentBits.Guilds)
      ? { name: 'GUILD_ROLE_UPDATE', data: { guild_id: world.guild.id, role } }
      : undefined,
  guildGone: ({ guild }, { unavailable }) => ({
    name: 'GUILD_DELETE',
    data: { id: guild.id, ...(unavailable && { unavailable }) },
  }),
  guildBack: (world, _, intents) => ({ name: 'GUILD_CREATE', data: guildCreate(world, intents) }),
  typing: (world, event, intents) => typing(world, event, intents),
  interaction: (world, { interaction }) => ({
    name: 'INTERACTION_CREATE',
    data: interactionPayload(world, interaction),
  }),
};

export function dispatchFor(world: World, event: WorldEvent, intents: number): Dispatch | undefined {
  const map = mappers[event.type] as
    | ((world: World, event: WorldEvent, intents: number) => Dispatch)
    | undefined;
  return map?.(world, event, intents);
}

function message(world: World, name: string, stored: StoredMessage, intents: number): Dispatch | undefined {
  if (!hears(world, stored, intents)) return undefined;
  const eyes = { messageContent: has(intents, GatewayIntentBits.MessageContent), userId: world.bot.id };
  return { name, data: { ...presentMessage(world, stored, eyes), ...whereabouts(world, stored) } };
}

function messageDelete(world: World, stored: StoredMessage, intents: number): Dispatch | undefined {
  if (!hears(world, stored, intents)) return undefined;
  const { id, channel_id } = stored.message;
  return { name: 'MESSAGE_DELETE', data: { id, channel_id, ...guildId(world, channel_id) } };
}

function messageDeleteBulk(
  world: World,
  { channelId: channel_id, messageIds: ids }: EventOf<'messageDeleteBulk'>,
  intents: number,
): Dispatch | undefined {
  const channel = world.channels.get(channel_id);
  if (channel === undefined || !canSee(world, world.bot.id, channel)) return undefined;
  if (!has(intents, GatewayIntentBits.GuildMessages)) return undefined;
  return { name: 'MESSAGE_DELETE_BULK', data: { ids, channel_id, ...guildId(world, channel_id) } };
}

function hears(world: World, { message: { channel_id }, viewerId }: StoredMessage, intents: number): boolean {
  const channel = world.channels.get(channel_id);
  if (channel === undefined || viewerId !== undefined || !canSee(world, world.bot.id, channel)) return false;
  const isDirect = channel.type === ChannelType.DM;
  return has(intents, isDirect ? GatewayIntentBits.DirectMessages : GatewayIntentBits.GuildMessages);
}

/** What only the gateway adds to a message: the kind of channel, the guild, and its author as a member. */
function whereabouts(world: World, { message: { channel_id, author } }: StoredMessage): object {
  const member = world.guild.members.get(author.id);
  const channel_type = world.channels.get(channel_id)?.type;
  if (channel_type === ChannelType.DM || member === undefined) return { channel_type };
  const { user: _, ...withoutUser } = member;
  return { channel_type, guild_id: world.guild.id, member: withoutUser };
}

function guildId(world: World, channelId: string): object {
  return world.channels.get(channelId)?.type === ChannelType.DM ? {} : { guild_id: world.guild.id };
}

function channelCreate(world: World, channel: AnyChannel, intents: number): Dispatch | undefined {
  const created = channelEvent(world, 'CREATE', channel, intents);
  if (created === undefined || !isThread(channel)) return created;
  return { ...created, data: { ...channel, newly_created: true } };
}

/** Bots are not told of direct-message channels. */
function channelEvent(
  world: World,
  what: 'CREATE' | 'UPDATE' | 'DELETE',
  channel: AnyChannel,
  intents: number,
): Dispatch | undefined {
  if (channel.type === ChannelType.DM || !has(intents, GatewayIntentBits.Guilds)) return undefined;
  if (isGuildChannel(channel)) return { name: `CHANNEL_${what}`, data: channelForBot(world, channel) };
  if (!canSee(world, world.bot.id, channel)) return undefined;
  const { id, guild_id, parent_id, type } = channel;
  return { name: `THREAD_${what}`, data: what === 'DELETE' ? { id, guild_id, parent_id, type } : channel };
}

/** Of a channel that comes into sight, the threads that go on. */
function threadList(world: World, { id }: AnyChannel, intents: number): Dispatch | undefined {
  if (!has(intents, GatewayIntentBits.Guilds)) return undefined;
  const threads = [...world.channels.values()]
    .filter(isThread)
    .filter((thread) => thread.parent_id === id && !thread.thread_metadata?.archived)
    .filter((thread) => canSee(world, world.bot.id, thread));
  const members = threads.flatMap((thread) => threadMember(world, thread.id, world.bot.id) ?? []);
  return {
    name: 'THREAD_LIST_SYNC',
    data: { guild_id: world.guild.id, channel_ids: [id], threads, members },
  };
}

/** Of others' comings and goings only a bot with the members intent hears. */
function threadMembers(
  world: World,
  { threadId, userId, joined }: EventOf<'threadMember'>,
  intents: number,
): Dispatch | undefined {
  const thread = world.channels.get(threadId);
  const isAllowed = userId === world.bot.id || has(intents, GatewayIntentBits.GuildMembers);
  if (thread === undefined || !isAllowed || !has(intents, GatewayIntentBits.Guilds)) return undefined;
  return {
    name: 'THREAD_MEMBERS_UPDATE',
    data: {
      id: threadId,
      guild_id: world.guild.id,
      member_count: 'member_count' in thread ? thread.member_count : 0,
      ...(joined
        ? {
            added_members: [
              { ...threadMember(world, threadId, userId), member: world.guild.members.get(userId) },
            ],
          }
        : { removed_member_ids: [userId] }),
    },
  };
}

function typing(world: World, { channelId, user }: EventOf<'typing'>, intents: number): Dispatch | undefined {
  const channel = world.channels.get(channelId);
  if (channel === undefined || !canSee(world, world.bot.id, channel)) return undefined;
  const isDirect = channel.type === ChannelType.DM;
  const wanted = isDirect ? GatewayIntentBits.DirectMessageTyping : GatewayIntentBits.GuildMessageTyping;
  if (!has(intents, wanted)) return undefined;
  const member = world.guild.members.get(user.id);
  const timestamp = Math.floor(Date.now() / 1000);
  const place = isDirect || member === undefined ? {} : { guild_id: world.guild.id, member };
  return { name: 'TYPING_START', data: { channel_id: channelId, user_id: user.id, timestamp, ...place } };
}
