// What the bot lacks in a channel for what is to happen there to each picture.
import type { GuildTextBasedChannel, PermissionsString } from 'discord.js';
import type { Mode } from './preferences.ts';
import { canHoldThreads } from './visual-chat.ts';

/** As Discord's settings call them; none for a mode in which nothing happens unasked. */
export function lackingToWatch(mode: Mode, channel: GuildTextBasedChannel): string[] {
  const granted = channel.permissionsFor(channel.client.user);
  const missing = granted?.missing([...neededFor(mode, channel)]) ?? [];
  return missing.map((name) => name.replace(/(?<=[a-z])(?=[A-Z])/g, ' '));
}

function neededFor(mode: Mode, channel: GuildTextBasedChannel): readonly PermissionsString[] {
  if (mode !== 'caption' && mode !== 'thread') return [];
  if (mode === 'thread' && canHoldThreads(channel)) {
    return ['ViewChannel', 'ReadMessageHistory', 'CreatePublicThreads', 'SendMessagesInThreads'];
  }
  const toWrite = channel.isThread() ? 'SendMessagesInThreads' : 'SendMessages';
  // A reply needs the history.
  return ['ViewChannel', 'ReadMessageHistory', toWrite];
}
