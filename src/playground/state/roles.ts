// Roles: everyone's, the bot's own, and those that tests give to people.
import type { APIRole } from 'discord.js';
import { UseError } from './use-error.ts';
import type { World } from './world.ts';

export function newRole(
  id: string,
  name: string,
  permissions: bigint,
  { position = 0, botId }: { position?: number; botId?: string } = {},
): APIRole {
  return {
    id,
    name,
    permissions: permissions.toString(),
    position,
    color: 0,
    colors: { primary_color: 0, secondary_color: null, tertiary_color: null },
    hoist: false,
    managed: botId !== undefined,
    mentionable: false,
    icon: null,
    unicode_emoji: null,
    flags: 0 as APIRole['flags'],
    ...(botId === undefined ? {} : { tags: { bot_id: botId } }),
  };
}

export function updateRole(world: World, role: APIRole): void {
  world.guild.roles.set(role.id, role);
  world.announce({ type: 'roleUpdate', role });
}

export function addRole(world: World, role: APIRole): void {
  world.guild.roles.set(role.id, role);
  world.announce({ type: 'roleCreate', role });
}

export function giveRole(world: World, userId: string, roleId: string): void {
  const member = world.guild.members.get(userId);
  if (member === undefined || member.roles.includes(roleId)) return;
  const changed = { ...member, roles: [...member.roles, roleId] };
  world.guild.members.set(userId, changed);
  world.announce({ type: 'memberUpdate', member: changed });
}

/** In place of those that the member has; a bot keeps the role that came with it. @throws UseError for an unknown one */
export function setRoles(world: World, userId: string, roleIds: readonly string[]): void {
  const { roles, members } = world.guild;
  const member = members.get(userId);
  if (member === undefined) throw new UseError('This person is not in the server.');
  const given = [...new Set(roleIds)].map((id) => roles.get(id));
  if (!given.every((role) => role !== undefined && !role.managed && role.id !== world.guild.id)) {
    throw new UseError('This role cannot be given.');
  }
  const kept = member.roles.filter((id) => roles.get(id)?.managed);
  const changed = { ...member, roles: [...kept, ...given.flatMap((role) => role?.id ?? [])] };
  members.set(userId, changed);
  world.announce({ type: 'memberUpdate', member: changed });
}
