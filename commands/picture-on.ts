// The picture that a command of a message's menu is about.
import type { MessageContextMenuCommandInteraction } from 'discord.js';
import type { SceneImage } from '../conversation/conversations.ts';
import type { PostedImage } from './command.ts';
import { imageNamedBy } from './continue-button.ts';
import { UserError } from './errors.ts';
import { pictureChosenOn } from './picture-menu.ts';
import { imageOn, notAnImage } from './pictures.ts';

/**
 * On the message, or what an answer of the bot's is about.
 * @throws UserError when there is none
 */
export function pictureOn({
  targetMessage: message,
  client,
  commandName,
}: MessageContextMenuCommandInteraction): SceneImage | PostedImage {
  const isOurs = message.author.id === client.user.id;
  const image =
    imageOn(message) ?? (isOurs ? (imageNamedBy(message) ?? pictureChosenOn(message)) : undefined);
  if (image) return image;
  throw (
    notAnImage(message) ??
    new UserError(
      `That message holds no picture. Open the menu of one that does, and choose "${commandName}" there.`,
    )
  );
}
