// The pictures that a command of a message's menu is about.
import type { MessageContextMenuCommandInteraction } from 'discord.js';
import type { SceneImage } from '../conversation/conversations.ts';
import type { Saying } from '../models/saying.ts';
import type { PostedImage } from './command.ts';
import { UserError } from './errors.ts';
import { imageNamedBy } from './named-image.ts';
import { pictureChosenOn } from './picture-menu.ts';
import { emojiImageOn, imageOn, notAnImage, picturesOn } from './pictures.ts';
import { english, saying } from './texts/texts.ts';

type Interaction = MessageContextMenuCommandInteraction;

/** @throws UserError when there is none */
export function pictureOn(interaction: Interaction): SceneImage | PostedImage {
  const [first] = allPicturesOn(interaction);
  if (first) return first;
  throw (
    notAnImage(interaction.targetMessage) ??
    new UserError(saying('messageWithoutPicture', { command: nameOf(interaction) }))
  );
}

/** As the menu shows it. */
function nameOf({ commandName }: Interaction): Saying | string {
  const keys = ['captionImage', 'askAboutImage', 'describeImage'] as const;
  const key = keys.find((one) => english[one] === commandName);
  return key ? saying(key) : commandName;
}

/** Those on the message, or the one that an answer of the bot's is about, or the emoji that a message shows. */
export function allPicturesOn({
  targetMessage: message,
  client,
}: Interaction): readonly (SceneImage | PostedImage)[] {
  const pictures = picturesOn(message);
  if (pictures.length > 0) return pictures;
  const isOurs = message.author.id === client.user.id;
  const named = isOurs ? (imageNamedBy(message) ?? pictureChosenOn(message)) : undefined;
  const picture = imageOn(message) ?? named ?? (notAnImage(message) ? undefined : emojiImageOn(message));
  return picture ? [picture] : [];
}
