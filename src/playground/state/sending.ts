// Whether somebody may write in a channel or thread.
import { ChannelType } from 'discord.js';
import { refuse } from '../errors.ts';
import { demand, may } from './permissions.ts';
import { isThread } from './thread-members.ts';
import type { AnyChannel, World } from './world.ts';

/** @throws DiscordError 50008 in a forum, 50001 or 50013, or 50083 in a locked thread that they don't moderate */
export function demandSending(world: World, userId: string, channel: AnyChannel): void {
  if (channel.type === ChannelType.GuildForum) throw refuse('notForMessages');
  demand(world, userId, channel, [isThread(channel) ? 'SendMessagesInThreads' : 'SendMessages']);
  const isLocked = isThread(channel) && channel.thread_metadata?.locked === true;
  if (isLocked && !may(world, userId, channel, 'ManageThreads')) throw refuse('threadArchived');
}
