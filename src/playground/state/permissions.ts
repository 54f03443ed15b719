// Who may do what where, computed as Discord documents it: the owner may all, then roles, then a channel's
// overwrites for everyone, for roles, for the member.
import { ChannelType, OverwriteType, PermissionFlagsBits } from 'discord.js';
import { type Refusal, refuse } from '../errors.ts';
import type { AnyChannel, World } from './world.ts';

export type PermissionName = keyof typeof PermissionFlagsBits;

const everything = Object.values(PermissionFlagsBits).reduce((all, bit) => all | bit, 0n);

export const everyonePermissions = bitsOf([
  'ViewChannel',
  'SendMessages',
  'SendMessagesInThreads',
  'CreatePublicThreads',
  'CreatePrivateThreads',
  'ReadMessageHistory',
  'AttachFiles',
  'EmbedLinks',
  'AddReactions',
  'UseApplicationCommands',
  'MentionEveryone',
]);

/** What the bot's invitation asks for. */
export const botPermissions = bitsOf([
  'ViewChannel',
  'SendMessages',
  'SendMessagesInThreads',
  'CreatePublicThreads',
  'ReadMessageHistory',
  'AttachFiles',
  'EmbedLinks',
]);

export function bitsOf(names: readonly PermissionName[]): bigint {
  return names.reduce((bits, name) => bits | PermissionFlagsBits[name], 0n);
}

/** A thread's permissions are its parent's. */
export function permissionsIn(world: World, userId: string, channel: AnyChannel): bigint {
  if (channel.type === ChannelType.DM) return everyonePermissions;
  const member = world.guild.members.get(userId);
  if (member === undefined) return 0n;
  const base = guildPermissions(world, userId);
  if ((base & PermissionFlagsBits.Administrator) !== 0n) return everything;
  const parent = 'parent_id' in channel ? world.channels.get(channel.parent_id ?? '') : undefined;
  const holder = parent ?? channel;
  const overwrites = 'permission_overwrites' in holder ? (holder.permission_overwrites ?? []) : [];
  const layers = [
    overwrites.filter(({ id }) => id === world.guild.id),
    overwrites.filter(({ id, type }) => type === OverwriteType.Role && member.roles.includes(id)),
    overwrites.filter(({ id, type }) => type === OverwriteType.Member && id === userId),
  ];
  return layers.reduce((bits, layer) => {
    const deny = layer.reduce((all, overwrite) => all | BigInt(overwrite.deny), 0n);
    const allow = layer.reduce((all, overwrite) => all | BigInt(overwrite.allow), 0n);
    return (bits & ~deny) | allow;
  }, base);
}

export function guildPermissions(world: World, userId: string): bigint {
  if (userId === world.guild.ownerId) return everything;
  const roleIds = [world.guild.id, ...(world.guild.members.get(userId)?.roles ?? [])];
  const bits = roleIds.reduce((all, id) => all | BigInt(world.guild.roles.get(id)?.permissions ?? 0), 0n);
  return (bits & PermissionFlagsBits.Administrator) !== 0n ? everything : bits;
}

export function may(world: World, userId: string, channel: AnyChannel, name: PermissionName): boolean {
  return (permissionsIn(world, userId, channel) & PermissionFlagsBits[name]) !== 0n;
}

/** @throws DiscordError 50001 when the channel can't be seen, 50013 (or `refusal`) when the permission lacks */
export function demand(
  world: World,
  userId: string,
  channel: AnyChannel,
  names: readonly PermissionName[],
  refusal: Refusal = 'missingPermissions',
): void {
  if (!canSee(world, userId, channel)) throw refuse('missingAccess');
  if (!names.every((name) => may(world, userId, channel, name))) throw refuse(refusal);
}

/** Private threads are for their members and for moderators. */
export function canSee(world: World, userId: string, channel: AnyChannel): boolean {
  if (channel.type === ChannelType.DM) {
    return userId === world.bot.id || (channel.recipients ?? []).some(({ id }) => id === userId);
  }
  if (!may(world, userId, channel, 'ViewChannel')) return false;
  if (channel.type !== ChannelType.PrivateThread) return true;
  return (
    world.threadMembers.get(channel.id)?.has(userId) === true || may(world, userId, channel, 'ManageThreads')
  );
}
