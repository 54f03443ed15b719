// Whose picture it is that hangs on a message.
import type { Message } from 'discord.js';

/** Who posted it; for one that the bot posted because it came with a command, who used that. */
export function posterOf({ author, interactionMetadata }: Message): string {
  return interactionMetadata?.user.id ?? author.id;
}
