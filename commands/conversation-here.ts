// Which conversation a command that names none is about: the one that a plain question here would go on with.
import type { Channel, Client } from 'discord.js';
import type { SceneImage } from '../conversation/conversations.ts';
import type { PostedImage, Services } from './command.ts';
import { channelConversation, directConversation, threadConversation } from './conversation-id.ts';
import { sceneImage } from './image-in-scene.ts';
import { newestOrChosen } from './newest-or-chosen.ts';
import { patiently } from './patience.ts';
import { isVisualChat } from './visual-chat.ts';

export interface ConversationHere {
  readonly conversationId: string;
  /** What a plain question would be about. */
  readonly image: SceneImage | PostedImage;
}

export interface Place {
  readonly client: Client;
  readonly channelId: string;
  readonly guildId: string | null;
  readonly channel: Channel | null;
}

/** Undefined where there is no picture to talk about. */
export async function conversationHere(
  place: Place,
  services: Services,
): Promise<ConversationHere | undefined> {
  const { channelId } = place;
  const scene = await sceneHere(place, services);
  if (scene === undefined) {
    const image = await newestOrChosen(channelId, services);
    return image && { conversationId: channelConversation(image.messageId), image };
  }
  const newest = await services.images.newestIn(channelId);
  const image = sceneImage(await services.conversations.recall(scene), newest);
  return image && { conversationId: scene, image };
}

/** The conversation of a DM or a visual chat, where there is one picture at a time; undefined in other channels. */
export async function sceneHere(place: Place, services: Services): Promise<string | undefined> {
  const { channelId, guildId } = place;
  if (guildId === null) return directConversation(channelId);
  return isVisualChat(await channelOf(place, services)) ? threadConversation(channelId) : undefined;
}

/** discord.js may not know of a thread that is archived. */
async function channelOf(
  { client, channel, channelId }: Place,
  { signal }: Services,
): Promise<Channel | null> {
  return channel ?? patiently(() => client.channels.fetch(channelId), signal);
}
