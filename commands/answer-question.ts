// Answers a question that came by a command or a form. It shows above the answer, as nobody has written it in the chat.
import type { SceneImage } from '../conversation/conversations.ts';
import { placeNote } from './attachments.ts';
import type { PostedImage, Services } from './command.ts';
import { continueRow } from './continue-button.ts';
import { sceneHere } from './conversation-here.ts';
import { channelConversation } from './conversation-id.ts';
import { lookAt } from './look-at.ts';
import { memoryNote } from './memory-note.ts';
import { patiently } from './patience.ts';
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
  const told = `${quoted(question)}\n${spoken(answer.text)}${memoryNote(answer)}${placeNote(image)}`;
  const components = canHoldThreads(interaction.channel) ? [continueRow(image)] : [];
  try {
    await answerInteraction(interaction, { text: told, components }, signal);
  } catch (error) {
    // It reached nobody, so that nothing may build on it.
    await conversations.retract(conversationId, messageId);
    throw error;
  }
}

/** The one that replies to the picture go on with. */
async function conversationAbout(
  { client, channel, channelId, guildId }: AskedBy,
  { messageId }: SceneImage,
  services: Services,
): Promise<string> {
  const scene = channelId ? await sceneHere({ client, channel, channelId, guildId }, services) : undefined;
  return scene ?? channelConversation(messageId);
}

export function quoted(question: string): string {
  return `> ${plainText(oneLine(question))}`;
}

function oneLine(text: string): string {
  return text.replace(/\s+/g, ' ').trim();
}
