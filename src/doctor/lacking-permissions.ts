// Which permissions the bot lacks in a server, and where.
import type { Guild, GuildBasedChannel } from 'discord.js';
import { saying } from '../../commands/texts/texts.ts';
import type { Saying } from '../../models/saying.ts';
import { neededPermissions } from '../invite.ts';

type NeededPermission = (typeof neededPermissions)[number];

/** `Send Messages`, or `Send Messages in #general` where only channels withhold it. */
export function lackingIn(guild: Guild): Saying[] {
  const me = guild.members.me;
  if (!me) return [saying('ownMembership')];
  const everywhere = neededPermissions.filter((name) => !me.permissions.has(name));
  // A channel that is hidden from the bot is nobody's mistake.
  const channels = [...guild.channels.cache.values()].filter(
    (channel) =>
      channel.isTextBased() && !channel.isThread() && channel.permissionsFor(me).has('ViewChannel'),
  );
  const some = neededPermissions
    .filter((name) => !everywhere.includes(name))
    .map((name) => ({ name, where: channels.filter((channel) => !channel.permissionsFor(me)?.has(name)) }))
    .filter(({ where }) => where.length > 0);
  return [
    ...everywhere.map((name) => saying(`permission${name}`)),
    ...some.map(({ name, where }) => lackingThere(name, where)),
  ];
}

const mostNamed = 5;

function lackingThere(name: NeededPermission, where: readonly GuildBasedChannel[]): Saying {
  const permission = saying(`permission${name}`);
  const channels = where
    .slice(0, mostNamed)
    .map((channel) => `#${channel.name}`)
    .join(', ');
  const more = where.length - mostNamed;
  return more > 0
    ? saying('permissionInMore', { permission, channels, more })
    : saying('permissionIn', { permission, channels });
}
