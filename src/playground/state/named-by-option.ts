// What an option names by its id (a person, a role, a channel), as Discord sends it along.
import {
  type APIApplicationCommandOption,
  ChannelType,
  ApplicationCommandOptionType as Type,
} from 'discord.js';
import { guildPermissions, permissionsIn } from './permissions.ts';
import { UseError } from './use-error.ts';
import type { AnyChannel, World } from './world.ts';

/** By kind and id. */
export type Resolved = Readonly<Record<string, Readonly<Record<string, unknown>>>>;

/** @throws UseError where there is no such thing, or none of a kind that the option takes */
export function namedBy(
  world: World,
  channel: AnyChannel,
  option: APIApplicationCommandOption,
  id: string,
): readonly (readonly [kind: string, object: unknown])[] {
  if (option.type === Type.User) return person(world, channel, option.name, id);
  if (option.type === Type.Role) return [['roles', role(world, option.name, id)]];
  if (option.type === Type.Channel) return [['channels', channelNamed(world, option, id)]];
  return [];
}

/** As a member, too, where they are one; direct messages have none. */
function person(world: World, { type }: AnyChannel, name: string, id: string) {
  const user = world.users.get(id);
  if (user === undefined) throw new UseError(`The option "${name}" takes a person.`);
  const found = type === ChannelType.DM ? undefined : world.guild.members.get(id);
  if (found === undefined) return [['users', user]] as const;
  const { user: _, deaf: __, mute: ___, ...member } = found;
  const permissions = guildPermissions(world, id).toString();
  return [
    ['users', user],
    ['members', { ...member, permissions }],
  ] as const;
}

function role({ guild }: World, name: string, id: string): unknown {
  const found = guild.roles.get(id);
  if (found === undefined) throw new UseError(`The option "${name}" takes a role.`);
  return found;
}

function channelNamed(
  world: World,
  option: APIApplicationCommandOption & { type: Type.Channel },
  id: string,
): unknown {
  const found = world.channels.get(id);
  const fits = found !== undefined && (option.channel_types?.some((type) => type === found.type) ?? true);
  if (!fits) throw new UseError(`The option "${option.name}" takes a channel.`);
  return { ...found, permissions: permissionsIn(world, world.me.id, found).toString() };
}
