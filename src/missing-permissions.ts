// Which of the permissions that the bot works with it lacks in a channel, as a sentence for whoever can grant them.
import { Message, type PermissionsString } from 'discord.js';
import { neededPermissions } from './invite.ts';
import type { Source } from './source.ts';

export function missingPermissions(source: Source): string {
  const missing = grantedIn(source)?.missing([...neededPermissions]) ?? [];
  return missing.length > 0
    ? `I lack ${listed(missing)} here. Somebody who manages this server can grant that to my role.`
    : 'Discord denied me access here. Somebody who manages this server can check my role in this channel.';
}

/** An interaction tells it also of a channel that the bot can't see. */
function grantedIn(source: Source) {
  if (!(source instanceof Message)) return source.inGuild() ? source.appPermissions : undefined;
  const { channel, client } = source;
  return channel.isDMBased() ? undefined : channel.permissionsFor(client.user);
}

/** "View Channel and Send Messages", as Discord's settings call them. */
function listed(names: readonly PermissionsString[]): string {
  const words = names.map((name) => name.replace(/(?<=[a-z])(?=[A-Z])/g, ' '));
  return new Intl.ListFormat('en').format(words);
}
