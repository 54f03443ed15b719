// Roles: everyone's, the bot's own, and those that tests give to people.
import type { APIRole } from 'discord.js';
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
