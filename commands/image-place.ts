// Where a picture hangs that is known by its message's id: here, or in the channel above, for the one that a thread is
// about.
import type { Client } from 'discord.js';
import type { SceneImage } from '../conversation/conversations.ts';
import type { PostedImage } from './command.ts';
import { fetchMessage } from './fetch-message.ts';
import { patiently } from './patience.ts';
import { imageById } from './pictures.ts';

interface Place {
  readonly channelId: string;
  readonly channel: { readonly parentId?: string | null } | object | null;
}

/** A thread has the id of the message that it hangs on, which is in the channel above. */
export function channelOfMessage({ channelId, channel }: Place, messageId: string): string {
  const parentId = channel && 'parentId' in channel ? channel.parentId : undefined;
  return messageId === channelId && parentId ? parentId : channelId;
}

/** As its message has it now; where that is gone, what the model saw of it may still serve. */
export async function imageNow(
  client: Client,
  image: SceneImage,
  signal: AbortSignal,
): Promise<SceneImage | PostedImage> {
  const channel = await patiently(() => client.channels.fetch(image.channelId), signal).catch(() => null);
  if (!channel?.isTextBased()) return image;
  const message = await fetchMessage(channel, image.messageId, signal);
  return (message && imageById(message, image.attachmentId)) ?? image;
}
