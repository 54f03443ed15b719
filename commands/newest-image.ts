// The image a command is about when none was given.

import type { AskedBy } from './asked-by.ts';
import type { PostedImage, Services } from './command.ts';
import { demandHistory } from './demand-history.ts';
import { UserError } from './errors.ts';
import { whyNotSeen } from './intents.ts';
import { saying } from './texts/texts.ts';

/** @throws UserError when there is none */
export async function newestImage(
  interaction: AskedBy & { readonly channelId: string },
  { images }: Services,
): Promise<PostedImage> {
  const image = await images.newestIn(interaction.channelId);
  if (image) return image;
  demandHistory(interaction.channel);
  throw new UserError(saying('noPictureHere', { why: whyNotSeen(interaction.client) }));
}
