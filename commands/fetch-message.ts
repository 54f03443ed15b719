// A message by its id, where "it was deleted" is an answer and not a failure.
import { DiscordAPIError, type Message, RESTJSONErrorCodes } from 'discord.js';

interface MessageChannel {
  readonly messages: { fetch(id: string): Promise<Message> };
}

/** Undefined when the message is gone. Other failures throw. */
export async function fetchMessage(channel: MessageChannel | null, id: string): Promise<Message | undefined> {
  try {
    return await channel?.messages.fetch(id);
  } catch (error) {
    if (error instanceof DiscordAPIError && error.code === RESTJSONErrorCodes.UnknownMessage)
      return undefined;
    throw error;
  }
}
