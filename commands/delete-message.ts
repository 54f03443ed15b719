// Takes back what the bot has posted.
import { DiscordAPIError, type Message, RESTJSONErrorCodes } from 'discord.js';
import { patiently } from './patience.ts';

/** Does no harm where it is gone already. */
export async function deleteMessage(message: Message, signal: AbortSignal | undefined): Promise<void> {
  try {
    await patiently(() => message.delete(), signal);
  } catch (error) {
    if (!isGone(error)) throw error;
  }
}

export function isGone(error: unknown): boolean {
  return error instanceof DiscordAPIError && error.code === RESTJSONErrorCodes.UnknownMessage;
}
