// The button under an answer. Its custom id says which image the answer is about, so that after a restart a click,
// or a reply to the answer, still finds it.
import { ButtonBuilder, ButtonStyle } from 'discord.js';
import type { SceneImage } from '../conversation/conversations.ts';
import { continueButtonId } from './button-ids.ts';
import { pictureInId } from './picture-in-id.ts';
import { say } from './texts/texts.ts';

/** @param image absent where the image hangs on the answer itself */
export function continueButton(image: SceneImage | undefined, locale: string): ButtonBuilder {
  return new ButtonBuilder()
    .setCustomId(`${continueButtonId}${image ? pictureInId(image) : ''}`)
    .setLabel(say(locale, 'continueButton'))
    .setStyle(ButtonStyle.Secondary);
}
