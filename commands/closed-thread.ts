// Threads that the bot may not write in, and those that it may wake.
import type { AnyThreadChannel, Channel } from 'discord.js';
import { UserError } from './errors.ts';
import { patiently } from './patience.ts';
import { saying } from './texts/texts.ts';

/** Only moderators write in a locked thread. */
export function isLockedToUs(channel: Channel | null): boolean {
  return channel?.isThread() === true && channel.locked === true && !channel.manageable;
}

/** @throws UserError where it is locked */
export async function reopen(thread: AnyThreadChannel, signal: AbortSignal): Promise<void> {
  if (isLockedToUs(thread)) {
    throw new UserError(saying('threadLocked', { thread: `<#${thread.id}>` }));
  }
  if (thread.archived) await patiently<unknown>(() => thread.setArchived(false), signal);
}
