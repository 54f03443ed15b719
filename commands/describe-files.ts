// Puts a description on the pictures that a message of the bot's holds: the newest caption, where nobody wrote a better
// one. It may do so on its own messages alone.
import { type Message, Routes } from 'discord.js';
import { isMachineMade } from './alt-text.ts';
import type { Services } from './command.ts';
import { patiently } from './patience.ts';

/** Never rejects: the answer is there without it. What people wrote about their picture stays. */
export async function describeFiles(
  { id, channelId, client, attachments }: Message,
  description: string,
  { log, signal }: Pick<Services, 'log' | 'signal'>,
): Promise<void> {
  const isOurs = (text: string | null) => !text || isMachineMade(text);
  if (![...attachments.values()].some((file) => isOurs(file.description))) return;
  const described = attachments.map((file) => ({
    id: file.id,
    ...(isOurs(file.description) && { description }),
  }));
  try {
    const body = { attachments: described };
    await patiently(() => client.rest.patch(Routes.channelMessage(channelId, id), { body }), signal);
  } catch (error) {
    log.warn({ err: error, messageId: id, channelId }, 'Could not describe a picture that I had posted');
  }
}
