// Answers a question that came by a command or a form. It shows above the answer, as nobody has written it in the chat.
import type { SceneImage } from '../conversation/conversations.ts';
import type { PostedImage, Services } from './command.ts';
import { continueRow } from './continue-button.ts';
import { conversationAbout } from './conversation-about.ts';
import { lookAt } from './look-at.ts';
import { memoryNote } from './memory-note.ts';
import { patiently } from './patience.ts';
import { pictureRows } from './picture-menu.ts';
import { placeNote } from './pictures.ts';
import { plainText, spoken } from './plain-text.ts';
import { type AskedBy, answerInteraction } from './reply.ts';
import { canHoldThreads } from './visual-chat.ts';

export const maxQuestionCharacters = 300;

export interface Question {
  readonly image: SceneImage | PostedImage;
  readonly question: string;
}

/** @param interaction acknowledged for all to see, since what is said is remembered for all */
export async function answerQuestion(
  interaction: AskedBy,
  { image, question }: Question,
  services: Services,
): Promise<void> {
  const { conversations, images, signal } = services;
  const conversationId = await conversationAbout(interaction, image, services);
  // The turn goes by the answer's id: no message has asked.
  const { id: messageId } = await patiently(() => interaction.fetchReply(), signal);
  const answer = await lookAt(image, services, () =>
    conversations.ask(conversationId, {
      image,
      question: oneLine(question),
      askedBy: interaction.user.id,
      messageId,
      fetchImage: () => images.fetch(image, signal),
      signal,
    }),
  );
  const told = `${quoted(question)}\n${spoken(answer.text)}${memoryNote(answer)}${placeNote(image)}${services.languageNotes.under(interaction)}`;
  const buttons = canHoldThreads(interaction.channel) ? [continueRow(image)] : [];
  const components = [...buttons, ...pictureRows(image)];
  try {
    await answerInteraction(interaction, { text: told, components }, signal);
  } catch (error) {
    // It reached nobody, so that nothing may build on it.
    await conversations.retract(conversationId, messageId);
    throw error;
  }
}

export function quoted(question: string): string {
  return `> ${plainText(oneLine(question))}`;
}

function oneLine(text: string): string {
  return text.replace(/\s+/g, ' ').trim();
}
