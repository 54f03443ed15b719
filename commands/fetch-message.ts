// A message by its id, where "it was deleted" is an answer and not a failure.
import { DiscordAPIError, type Message, RESTJSONErrorCodes } from 'discord.js';
import { patiently } from './patience.ts';

interface MessageChannel {
  readonly messages: { fetch(id: string): Promise<Message> };
}

/**
 * Undefined when the message is gone. Other failures throw.
 * @param signal ends the waiting for a Discord that fails
 */
export async function fetchMessage(
  channel: MessageChannel | null,
  id: string,
  signal?: AbortSignal,
): Promise<Message | undefined> {
  try {
    return await patiently(async () => channel?.messages.fetch(id), signal);
  } catch (error) {
    if (error instanceof DiscordAPIError && error.code === RESTJSONErrorCodes.UnknownMessage)
      return undefined;
    throw error;
  }
}
