// The image a command is about when none was given: the one that a plain question here would be about.
import type { SceneImage } from '../conversation/conversations.ts';
import type { AskedBy } from './asked-by.ts';
import type { PostedImage, Services } from './command.ts';
import { conversationHere } from './conversation-here.ts';
import { demandHistory } from './demand-history.ts';
import { UserError } from './errors.ts';
import { imageNow } from './image-place.ts';
import { whyNotSeen } from './intents.ts';
import { saying } from './texts/texts.ts';

/** @throws UserError when there is none */
export async function newestImage(
  interaction: AskedBy & { readonly channelId: string },
  services: Services,
): Promise<SceneImage | PostedImage> {
  const { image } = (await conversationHere(interaction, services)) ?? {};
  if (image) return 'url' in image ? image : imageNow(interaction.client, image, services.signal);
  demandHistory(interaction.channel);
  throw new UserError(saying('noPictureHere', { why: whyNotSeen(interaction.client) }));
}
