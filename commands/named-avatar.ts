// The avatar of somebody whom a command names, fetched: the bot posts it with its answer.
import { type ChatInputCommandInteraction, PermissionFlagsBits } from 'discord.js';
import { ofFrame } from '../conversation/frames.ts';
import type { FrameChoice } from '../models/backend.ts';
import type { Saying } from '../models/saying.ts';
import { avatarNamed } from './avatars.ts';
import type { PostedImage, Services } from './command.ts';
import { noteCopy } from './copies.ts';
import { UserError } from './errors.ts';
import type { PostedFile } from './outgoing.ts';
import { patiently } from './patience.ts';
import { say, saying } from './texts/texts.ts';

export interface NamedAvatar {
  readonly image: PostedImage;
  readonly bytes: Uint8Array;
  /** For the answer; none where the bot may post no files. */
  readonly files: readonly PostedFile[];
}

/**
 * @param interaction acknowledged
 * @param frame of one that moves
 * @returns undefined where it names nobody
 * @throws UserError where a picture is handed over as well, the avatar can't be fetched, or its owner keeps it from the bot
 */
export async function fetchNamedAvatar(
  interaction: ChatInputCommandInteraction,
  { images, signal }: Services,
  frame?: FrameChoice,
): Promise<NamedAvatar | undefined> {
  const { options, appPermissions } = interaction;
  const user = options.getUser('user');
  if (!user) return undefined;
  if (options.getAttachment('image')) throw new UserError(saying('pictureOrPerson'));
  const { id } = await patiently(() => interaction.fetchReply(), signal);
  const named = avatarNamed(interaction, id);
  const image = named && ofFrame(named, frame);
  const bytes = image && (await images.fetch(image, signal));
  if (!image || !bytes) throw new UserError(avatarGone());
  const mayAttach = appPermissions.has(PermissionFlagsBits.AttachFiles);
  const description = say(interaction.locale, 'avatarDescription', { person: user.displayName });
  const file = { attachment: Buffer.from(bytes), name: image.name, description };
  return { image, bytes, files: mayAttach ? [file] : [] };
}

/** The option is called otherwise in each language. */
export function avatarGone(): Saying {
  return saying('avatarGone', { option: saying('userOption') });
}

/** It goes from the answer when whoever shows it keeps it from the bot, be it while it was looked at. */
export async function letGoLater(
  image: PostedImage,
  messageId: string,
  services: Pick<Services, 'copies' | 'preferences'>,
): Promise<void> {
  const { channelId, guildId, attachmentId, authorId } = image;
  const place = { channelId, ...(guildId && { guildId }) };
  const copy = { ...place, messageId, originalId: messageId, attachmentIds: [attachmentId], authorId };
  await noteCopy(copy, services);
}
