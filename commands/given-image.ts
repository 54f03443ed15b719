// An image handed over as a command's option. It hangs on no message, so the bot posts it with its answer.
import { type Attachment, DiscordAPIError } from 'discord.js';
import { joinFrame } from '../conversation/frames.ts';
import type { FrameChoice } from '../models/backend.ts';
import type { AskedBy } from './asked-by.ts';
import type { PostedImage, Services } from './command.ts';
import { UserError } from './errors.ts';
import { coveredName } from './file-name.ts';
import type { PostedFile } from './outgoing.ts';
import { patiently } from './patience.ts';
import { isImage, isSpoiler, notAnImageError } from './pictures.ts';
import { saying } from './texts/texts.ts';

export interface GivenImage {
  readonly image: PostedImage;
  readonly bytes: Uint8Array;
  /** For the answer. */
  readonly file: PostedFile;
}

/**
 * @param interaction acknowledged
 * @param frame of an animation
 * @throws UserError when it is no image or can't be fetched
 */
export async function fetchGivenImage(
  interaction: AskedBy & { readonly channelId: string },
  attachment: Attachment,
  { images, signal }: Services,
  frame?: FrameChoice,
): Promise<GivenImage> {
  if (!isImage(attachment)) throw notAnImageError(attachment);
  const image: PostedImage = {
    channelId: interaction.channelId,
    messageId: await messageToBe(interaction, signal),
    attachmentId: joinFrame(attachment.id, frame),
    authorId: interaction.user.id,
    ...(interaction.guildId && { guildId: interaction.guildId }),
    postedAt: interaction.createdAt,
    url: attachment.url,
    name: attachment.name,
    size: attachment.size,
    ...(isSpoiler(attachment) && { isHidden: true }),
    ...(attachment.description && { description: attachment.description }),
  };
  const bytes = await images.fetch(image, signal);
  if (!bytes) throw new UserError(saying('attachmentGone'));
  const { name, description, isHidden } = image;
  const file = {
    attachment: Buffer.from(bytes),
    name: coveredName(name, isHidden),
    ...(description && { description }),
  };
  return { image, bytes, file };
}

/** The message that it will hang on, so that what was seen in it goes with that. Where it is too late, the answer is another. */
async function messageToBe(interaction: AskedBy, signal: AbortSignal): Promise<string> {
  try {
    return (await patiently(() => interaction.fetchReply(), signal)).id;
  } catch (error) {
    if (!(error instanceof DiscordAPIError)) throw error;
    return interaction.id;
  }
}
