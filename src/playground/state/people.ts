// Users and members of the guild.
import { type APIGuildMember, type APIUser, Locale, type UserFlags } from 'discord.js';
import type { World } from './world.ts';

export function newUser(id: string, username: string, displayName: string | null, bot = false): APIUser {
  return {
    id,
    username,
    global_name: displayName,
    discriminator: bot ? '0001' : '0',
    avatar: null,
    banner: null,
    accent_color: null,
    avatar_decoration_data: null,
    collectibles: null,
    primary_guild: null,
    public_flags: 0 as UserFlags,
    flags: 0 as UserFlags,
    ...(bot ? { bot } : {}),
  };
}

/** Makes a user known and a member of the guild. */
export function joinGuild(world: World, user: APIUser, roles: string[] = []): APIGuildMember {
  const member: APIGuildMember = {
    user,
    nick: null,
    avatar: null,
    banner: null,
    roles,
    joined_at: new Date().toISOString(),
    premium_since: null,
    deaf: false,
    mute: false,
    flags: 0 as APIGuildMember['flags'],
    pending: false,
    communication_disabled_until: null,
  };
  world.users.set(user.id, user);
  world.guild.members.set(user.id, member);
  world.announce({ type: 'memberAdd', member });
  return member;
}

/** The language of their Discord. */
export function localeOf({ locales }: World, { id }: APIUser): Locale {
  return locales.get(id) ?? Locale.EnglishUS;
}
