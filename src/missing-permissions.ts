// Which of the permissions that the bot works with it lacks in a channel, as a sentence for whoever can grant them.
import type { PermissionsString } from 'discord.js';
import { neededPermissions } from './invite.ts';
import type { Source } from './source.ts';

export function missingPermissions({ channel, client }: Source): string {
  const granted = channel && !channel.isDMBased() ? channel.permissionsFor(client.user) : undefined;
  const missing = granted?.missing([...neededPermissions]) ?? [];
  return missing.length > 0
    ? `I lack ${listed(missing)} here. Somebody who manages this server can grant that to my role.`
    : 'Discord denied me access here. Somebody who manages this server can check my role in this channel.';
}

/** "View Channel and Send Messages", as Discord's settings call them. */
function listed(names: readonly PermissionsString[]): string {
  const words = names.map((name) => name.replace(/(?<=[a-z])(?=[A-Z])/g, ' '));
  return new Intl.ListFormat('en').format(words);
}
