// A picture that is known by its message and its key, as it is now.
import type { Client } from 'discord.js';
import type { SceneImage } from '../conversation/conversations.ts';
import type { PostedImage } from './command.ts';
import { fetchMessage } from './fetch-message.ts';
import { patiently } from './patience.ts';
import { imageById } from './pictures.ts';

/** As its message has it now; where that is gone or can't be asked for, what the model saw of it may still serve. */
export async function imageNow(
  client: Client,
  image: SceneImage,
  signal: AbortSignal,
): Promise<SceneImage | PostedImage> {
  const fetched = patiently(() => client.channels.fetch(image.channelId), signal);
  const channel = await fetched.catch((error: unknown) => {
    if (signal.aborted) throw error;
    return null;
  });
  if (!channel?.isTextBased()) return image;
  const message = await fetchMessage(channel, image.messageId, signal);
  return (message && imageById(message, image.attachmentId)) ?? image;
}
