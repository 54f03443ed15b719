// What is said about a picture that whoever posted it, or shows it, keeps from the bot.
import type { SceneImage } from '../conversation/conversations.ts';
import { isAvatar } from './avatars.ts';
import { UserError } from './errors.ts';
import type { Privacy } from './preferences.ts';
import { saying } from './texts/texts.ts';

/** @throws UserError where it is to be left alone */
export function refuseWithheld(image: SceneImage, privacy: Pick<Privacy, 'hasOptedOut'>): void {
  const { authorId } = image;
  if (authorId === undefined || !privacy.hasOptedOut(authorId)) return;
  const person = `<@${authorId}>`;
  throw new UserError(isAvatar(image) ? saying('avatarWithheld', { person }) : saying('withheld'));
}
