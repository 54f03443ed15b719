// What the capture asks Discord for: messages that it did not see, or whose links have expired.
import { type Client, DiscordAPIError, type Message, RESTJSONErrorCodes } from 'discord.js';
import { patiently } from '../../commands/patience.ts';

export interface MessageSource {
  /** The latest messages of a channel, or the latest before one of them; newest first, at most `messagesAPage`. */
  recent(channelId: string, before?: string): Promise<readonly Message[]>;
  /** A message as Discord has it now; undefined when it or its channel is gone. */
  find(channelId: string, messageId: string): Promise<Message | undefined>;
  /** The message in the channel above that a thread hangs on; undefined for anything else. */
  starterOf(channelId: string): Promise<Message | undefined>;
}

/** What Discord gives at once, at most. */
export const messagesAPage = 100;

/** @param signal ends the waiting for a Discord that fails */
export function messageSource(client: Client, signal?: AbortSignal): MessageSource {
  const channelOf = (id: string) => patiently(() => client.channels.fetch(id), signal);
  const get = (channelId: string, message: string, options: { force: boolean; cache: boolean }) =>
    unlessGone(async () => {
      const channel = await channelOf(channelId);
      if (!channel?.isTextBased()) return undefined;
      return patiently(() => channel.messages.fetch({ message, ...options }), signal);
    });
  return {
    // Not into discord.js's cache: it reports no new message that it holds already, so that a question which this
    // overtakes (around a resume, say) would never be heard.
    find: (channelId, messageId) => get(channelId, messageId, { force: true, cache: false }),
    async recent(channelId, before) {
      const channel = await channelOf(channelId);
      if (!channel?.isTextBased()) return [];
      // Not into the cache either.
      const page = { limit: messagesAPage, cache: false, ...(before !== undefined && { before }) };
      return [...(await patiently(() => channel.messages.fetch(page), signal)).values()];
    },
    async starterOf(channelId) {
      const channel = await channelOf(channelId);
      if (!channel?.isThread() || !channel.parentId) return undefined;
      // A thread has the id of the message that it hangs on. Asked about with each question, so a remembered one does;
      // it is older than the thread, and was told of before it.
      return get(channel.parentId, channel.id, { force: false, cache: true });
    },
  };
}

async function unlessGone<T>(ask: () => Promise<T>): Promise<T | undefined> {
  try {
    return await ask();
  } catch (error) {
    const isGone =
      error instanceof DiscordAPIError &&
      (error.code === RESTJSONErrorCodes.UnknownMessage || error.code === RESTJSONErrorCodes.UnknownChannel);
    if (isGone) return undefined;
    throw error;
  }
}
