// The buttons under an answer. All that they need is in their custom ids and in the memory, so that they work after a
// restart.
import { ActionRowBuilder, ButtonBuilder, ButtonStyle, type Channel } from 'discord.js';
import type { SceneImage } from '../conversation/conversations.ts';
import { avatarOwner } from './avatars.ts';
import { againId, askId, type Deletable, deleteId } from './button-ids.ts';
import { continueButton } from './continue-button.ts';
import { say } from './texts/texts.ts';
import { canHoldThreads } from './visual-chat.ts';

export interface AnswerUnderButtons {
  /** Absent where it hangs on the answer itself. */
  readonly image?: SceneImage;
  /** The message that began the turn; absent for a caption. */
  readonly turnId?: string;
  /** How a caption was begun. */
  readonly prompt?: string;
  /** Whoever asked may delete the answer. */
  readonly askerId: string;
  /** Where the answer stands. */
  readonly channel: Channel | null;
  readonly locale: string;
}

export function answerRow(answer: AnswerUnderButtons): ActionRowBuilder<ButtonBuilder> {
  const { image, locale } = answer;
  const posterId = image && avatarOwner(image);
  const again = button(againId(answer), say(locale, 'againButton'));
  return rowOf({ ...answer, ...(posterId && { posterId }) }, [again]);
}

/** Under copies of pictures, which whoever posted those may delete as well. */
export function copyRow(
  copy: Omit<AnswerUnderButtons, 'turnId' | 'prompt'> & Pick<Deletable, 'posterId'>,
): ActionRowBuilder<ButtonBuilder> {
  return rowOf(copy);
}

function rowOf(
  { image, channel, locale, ...deletable }: AnswerUnderButtons & Deletable,
  first: readonly ButtonBuilder[] = [],
): ActionRowBuilder<ButtonBuilder> {
  return new ActionRowBuilder<ButtonBuilder>().addComponents(
    ...first,
    button(askId(image), say(locale, 'askButton')),
    ...(canHoldThreads(channel) ? [continueButton(image, locale)] : []),
    button(deleteId(deletable), say(locale, 'deleteButton')),
  );
}

function button(customId: string, label: string): ButtonBuilder {
  return new ButtonBuilder().setCustomId(customId).setLabel(label).setStyle(ButtonStyle.Secondary);
}
