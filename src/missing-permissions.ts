// Which of the permissions that the bot works with it lacks in a channel, as a sentence for whoever can grant them.
import { Message } from 'discord.js';
import { saying } from '../commands/texts/texts.ts';
import type { Saying } from '../models/saying.ts';
import { neededPermissions } from './invite.ts';
import type { Source } from './source.ts';

export function missingPermissions(source: Source): Saying {
  const granted = grantedIn(source);
  const missing = granted ? neededPermissions.filter((name) => !granted.has(name)) : [];
  return missing.length > 0
    ? saying('lacksPermissions', { permissions: missing.map((name) => saying(`permission${name}`)) })
    : saying('deniedAccess');
}

/** An interaction tells it also of a channel that the bot can't see. */
function grantedIn(source: Source) {
  if (!(source instanceof Message)) return source.inGuild() ? source.appPermissions : undefined;
  const { channel, client } = source;
  return channel.isDMBased() ? undefined : channel.permissionsFor(client.user);
}
