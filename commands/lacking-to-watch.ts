// What the bot lacks in a channel for what is to happen there to each picture.
import type { GuildTextBasedChannel } from 'discord.js';
import type { Saying } from '../models/saying.ts';
import type { Mode } from './preferences.ts';
import { saying } from './texts/texts.ts';
import { canHoldThreads } from './visual-chat.ts';

type Needed =
  | 'ViewChannel'
  | 'ReadMessageHistory'
  | 'SendMessages'
  | 'SendMessagesInThreads'
  | 'CreatePublicThreads';

/** As Discord's settings call them; none for a mode in which nothing happens unasked. */
export function lackingToWatch(mode: Mode, channel: GuildTextBasedChannel): Saying[] {
  const granted = channel.permissionsFor(channel.client.user);
  const missing = granted ? neededFor(mode, channel).filter((name) => !granted.has(name)) : [];
  return missing.map((name) => saying(`permission${name}`));
}

function neededFor(mode: Mode, channel: GuildTextBasedChannel): readonly Needed[] {
  if (mode !== 'caption' && mode !== 'thread') return [];
  if (mode === 'thread' && canHoldThreads(channel)) {
    return ['ViewChannel', 'ReadMessageHistory', 'CreatePublicThreads', 'SendMessagesInThreads'];
  }
  const toWrite = channel.isThread() ? 'SendMessagesInThreads' : 'SendMessages';
  // A reply needs the history.
  return ['ViewChannel', 'ReadMessageHistory', toWrite];
}
