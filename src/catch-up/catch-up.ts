// After a start, or a session that Discord could not resume: hears what was said meanwhile.
import type { Client, Message, TextBasedChannel } from 'discord.js';
import type { KeyedQueue } from '../../conversation/keyed-queue.ts';
import type { Logger } from '../../models/logger.ts';
import type { AnsweredMessages } from './answered-messages.ts';
import { clearKeptDrafts, clearLeftDrafts, type LeftDraftsOptions } from './left-drafts.ts';
import { missedIn, recentDirectMessages, recentPlaces } from './missed-messages.ts';

export interface CatchUpOptions extends LeftDraftsOptions {
  readonly answered: AnsweredMessages;
  /** The work of each channel: what is asked there now waits until it is known what was asked before. */
  readonly channels: KeyedQueue;
  /** Must let a message pass that it has heard already. */
  readonly hear: (message: Message) => void;
  readonly log: Logger;
}

/** Never rejects: what can't be read is logged, and the bot goes on with what it hears. */
export async function catchUp(client: Client<true>, options: CatchUpOptions): Promise<void> {
  const { answered, signal } = options;
  const cleared = clearKeptDrafts(client, options);
  const inServers = recentPlaces(client).map((channel) => catchUpIn(channel, cleared, options));
  const direct = await recentDirectMessages(client, await answered.directChannels(), signal);
  const inDirect = direct.map((channel) => catchUpIn(channel, cleared, options));
  await Promise.all([cleared, ...inServers, ...inDirect]);
}

/** Takes its turn in the channel at once, before anything that is asked from now on. */
async function catchUpIn(
  channel: TextBasedChannel,
  cleared: Promise<void>,
  options: CatchUpOptions,
): Promise<void> {
  const { channels, hear, log, signal } = options;
  try {
    await channels.run(channel.id, async () => {
      await cleared;
      const { messages, drafts } = await missedIn(channel, signal);
      await clearLeftDrafts(drafts, options);
      for (const message of messages) hear(message);
    });
  } catch (error) {
    log.warn({ err: error, channelId: channel.id }, 'Could not read what was written while I was away');
  }
}
