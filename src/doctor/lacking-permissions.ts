// Which permissions the bot lacks in a server, and where.
import type { Guild, GuildBasedChannel, PermissionsString } from 'discord.js';
import { neededPermissions } from '../invite.ts';

/** `Send Messages`, or `Send Messages in #general` where only channels withhold it. */
export function lackingIn(guild: Guild): string[] {
  const me = guild.members.me;
  if (!me) return ['its own membership'];
  const everywhere = me.permissions.missing([...neededPermissions]);
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
    ...everywhere.map(readable),
    ...some.map(({ name, where }) => `${readable(name)} in ${list(where)}`),
  ];
}

function list(channels: readonly GuildBasedChannel[]): string {
  const named = channels.slice(0, 5).map(({ name }) => `#${name}`);
  const more = channels.length - named.length;
  return [...named, ...(more > 0 ? [`${more} more`] : [])].join(', ');
}

/** `CreatePublicThreads` to `Create Public Threads`. */
function readable(permission: PermissionsString): string {
  return permission.replaceAll(/(?<=[a-z])(?=[A-Z])/g, ' ');
}
