// In which conversation a picture is talked about: the one that replies to the picture go on with.
import type { SceneImage } from '../conversation/conversations.ts';
import type { Services } from './command.ts';
import { type Place, sceneHere } from './conversation-here.ts';
import { channelConversation } from './conversation-id.ts';

export async function conversationAbout(
  { client, channel, channelId, guildId }: Omit<Place, 'channelId'> & { readonly channelId: string | null },
  { messageId }: SceneImage,
  services: Services,
): Promise<string> {
  const scene = channelId ? await sceneHere({ client, channel, channelId, guildId }, services) : undefined;
  return scene ?? channelConversation(messageId);
}
