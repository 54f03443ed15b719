// The world as a newcomer finds it: one guild with two channels and two roles to give, you as its owner, and the bot as
// a member.
import type { APIRole, APIUser } from 'discord.js';
import type { Limits } from '../limits.ts';
import { createTextChannel } from './channels.ts';
import { createFileStore, type FileStore } from './files.ts';
import { joinGuild, newUser } from './people.ts';
import { bitsOf, botPermissions, everyonePermissions } from './permissions.ts';
import { newRole } from './roles.ts';
import { createSnowflakes } from './snowflake.ts';
import type { Guild, PrivilegedIntents, World, WorldEvent } from './world.ts';

export interface WorldOptions {
  readonly limits: Limits;
  readonly privileged: PrivilegedIntents;
  /** In memory by default. */
  readonly files?: FileStore;
}

export interface Identities {
  readonly newId: () => string;
  readonly bot: APIUser;
  readonly me: APIUser;
  readonly guild: Pick<Guild, 'id' | 'name' | 'ownerId'>;
}

export function createWorld(options: WorldOptions): World {
  const newId = createSnowflakes();
  const guildId = newId();
  const me = newUser(newId(), 'you', 'You');
  const bot = newUser(newId(), 'blipcord', null, true);
  const botRole = newRole(newId(), 'blipcord', botPermissions, { position: 1, botId: bot.id });
  const guild = { id: guildId, name: 'Picture club', ownerId: me.id };
  const world = emptyWorld(options, { newId, me, bot, guild });
  world.guild.roles.set(guildId, newRole(guildId, '@everyone', everyonePermissions));
  world.guild.roles.set(botRole.id, botRole);
  for (const role of [moderator(newId()), newRole(newId(), 'Friends', 0n, { position: 1 })]) {
    world.guild.roles.set(role.id, role);
  }
  joinGuild(world, me);
  joinGuild(world, bot, [botRole.id]);
  createTextChannel(world, 'pictures', 'Post a picture and ask about it');
  createTextChannel(world, 'playground');
  return world;
}

function moderator(id: string): APIRole {
  return newRole(id, 'Moderators', bitsOf(['ManageMessages', 'ManageThreads']), { position: 2 });
}

/** Nobody and nothing in it yet. */
export function emptyWorld(
  { limits, privileged, files }: WorldOptions,
  { newId, bot, me, guild }: Identities,
): World {
  const listeners = new Set<(event: WorldEvent) => void>();
  return {
    limits,
    newId,
    origin: 'http://127.0.0.1',
    applicationId: bot.id,
    privileged,
    bot,
    me,
    guild: { ...guild, roles: new Map(), members: new Map() },
    users: new Map(),
    locales: new Map(),
    channels: new Map(),
    threadMembers: new Map(),
    messages: new Map(),
    files: files ?? createFileStore({ limits }),
    stickers: new Map(),
    webPages: new Map(),
    emoji: new Map(),
    assets: new Map(),
    commands: new Map(),
    interactions: new Map(),
    announce: (event) => {
      for (const listener of [...listeners]) listener(event);
    },
    listen: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}
