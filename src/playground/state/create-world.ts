// The world as a newcomer finds it: one guild with two channels, you as its owner, and the bot as a member.
import type { Limits } from '../limits.ts';
import { createTextChannel } from './channels.ts';
import { createFileStore } from './files.ts';
import { joinGuild, newUser } from './people.ts';
import { botPermissions, everyonePermissions } from './permissions.ts';
import { newRole } from './roles.ts';
import { createSnowflakes } from './snowflake.ts';
import type { PrivilegedIntents, World, WorldEvent } from './world.ts';

export interface WorldOptions {
  readonly limits: Limits;
  readonly privileged: PrivilegedIntents;
}

export function createWorld({ limits, privileged }: WorldOptions): World {
  const newId = createSnowflakes();
  const guildId = newId();
  const me = newUser(newId(), 'you', 'You');
  const bot = newUser(newId(), 'blipcord', null, true);
  const botRole = newRole(newId(), 'blipcord', botPermissions, { position: 1, botId: bot.id });
  const listeners = new Set<(event: WorldEvent) => void>();

  const world: World = {
    limits,
    newId,
    origin: 'http://127.0.0.1',
    applicationId: bot.id,
    privileged,
    bot,
    me,
    guild: {
      id: guildId,
      name: 'Picture club',
      ownerId: me.id,
      roles: new Map([
        [guildId, newRole(guildId, '@everyone', everyonePermissions)],
        [botRole.id, botRole],
      ]),
      members: new Map(),
    },
    users: new Map(),
    channels: new Map(),
    threadMembers: new Map(),
    messages: new Map(),
    files: createFileStore(limits),
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

  joinGuild(world, me);
  joinGuild(world, bot, [botRole.id]);
  createTextChannel(world, 'pictures', 'Post a picture and ask about it');
  createTextChannel(world, 'playground');
  return world;
}
