// The menu under an answer about one of several pictures: asks the same about the one that is chosen.
import { type Message, MessageFlags, type StringSelectMenuInteraction } from 'discord.js';
import type { OnProgress } from '../conversation/conversations.ts';
import { acknowledge } from './acknowledge.ts';
import { answerInteraction } from './answer-interaction.ts';
import { answerRow } from './answer-row.ts';
import { begun, promptHeld } from './begun.ts';
import type { PostedImage, SelectMenu, Services } from './command.ts';
import { conversationAbout } from './conversation-about.ts';
import { UserError } from './errors.ts';
import { InteractionDraft } from './interaction-draft.ts';
import { isCaption } from './is-caption.ts';
import { lookAt } from './look-at.ts';
import { messagesOfAnswer } from './messages-of-answer.ts';
import { aboutNamedFrame } from './named-frame.ts';
import { patiently } from './patience.ts';
import { menuMessage, pictureMenuId, pictureRows, readChoice } from './picture-menu.ts';
import { namedPicture } from './picture-number.ts';
import { questionText } from './question-text.ts';
import { repliedTo } from './reply-chain.ts';
import { saying } from './texts/texts.ts';
import { questionQuotedIn, toldAnswer, toldCaption } from './told-answer.ts';

/** Each choice's answer hangs on the one before it. */
const maxSteps = 50;

export const choosePicture: SelectMenu = {
  id: pictureMenuId,

  async execute(interaction, services) {
    const { message, channel, locale } = interaction;
    const isPrivate = message.flags.has(MessageFlags.Ephemeral);
    await acknowledge(interaction, isPrivate ? { flags: MessageFlags.Ephemeral } : {}, services.signal);
    const { attachmentId, prompt: held } = readChoice(interaction.values[0] ?? '');
    const prompt = await promptBehind(message, held, services);
    const chosen = await chosenPicture(interaction, attachmentId, services);
    const asked = prompt ? '' : await questionBehind(message, services.signal);
    const { image, question } = await aboutNamedFrame(chosen, asked, services);
    // The turn goes by the answer's id: no message has asked.
    const { id: messageId } = await patiently(() => interaction.fetchReply(), services.signal);
    const text = await services.drafts.during(new InteractionDraft(interaction), (onProgress) =>
      lookAt(image, services, () =>
        answerAbout(interaction, { image, question, prompt, messageId, isPrivate, onProgress }, services),
      ),
    );
    const turn = question && { turnId: messageId };
    const row = answerRow({ image, ...turn, prompt, askerId: interaction.user.id, channel, locale });
    const components = [...(isPrivate ? [] : [row]), ...pictureRows(image, locale, prompt)];
    try {
      const answerIds = await answerInteraction(interaction, { text, components }, services.signal);
      await services.conversations.noteAnswer(messageId, answerIds);
    } catch (error) {
      // It reached nobody, so that nothing may build on it.
      await services.conversations.retract(messageId);
      throw error;
    }
  },
};

/** How the caption was begun under which the menu is. */
async function promptBehind(answer: Message, held: string, { signal }: Services): Promise<string> {
  if (!held) return held;
  const [first] = await messagesOfAnswer(answer, signal);
  const prompt = promptHeld(held, first.content);
  if (prompt === undefined) throw new UserError(saying('questionForgotten'));
  return prompt;
}

async function chosenPicture(
  { customId }: StringSelectMenuInteraction,
  attachmentId: string,
  { images }: Services,
): Promise<PostedImage> {
  const holder = menuMessage(customId);
  const pictures = holder ? await images.picturesBeside({ ...holder, attachmentId }) : [];
  const picture = pictures.find((one) => one.attachmentId === attachmentId);
  if (!picture) throw new UserError(saying('imageGone'));
  return picture;
}

/**
 * What was asked in the message that the answer replies to, or by a command, without the number of a picture; empty
 * where that was for a caption, or is gone.
 */
async function questionBehind(answer: Message, signal: AbortSignal): Promise<string> {
  // What somebody wrote beside their pictures asked nothing of us.
  if (isCaption(answer)) return '';
  let message: Message | undefined = answer;
  for (let step = 0; step < maxSteps && message; step += 1) {
    const isOurs = message.author.id === answer.author.id;
    const asked = isOurs ? questionQuotedIn(message.content) : questionText(message);
    if (asked !== undefined) return namedPicture(asked)?.rest ?? asked;
    message = await repliedTo(message, signal);
  }
  return '';
}

interface Choice {
  readonly image: PostedImage;
  readonly question: string;
  /** How the caption is begun that the answer is to be. */
  readonly prompt: string;
  /** What the turn goes by. */
  readonly messageId: string;
  /** Nobody else sees it: what they talk about stays as it is. */
  readonly isPrivate: boolean;
  readonly onProgress: OnProgress;
}

async function answerAbout(
  interaction: StringSelectMenuInteraction,
  { image, question, prompt, messageId, isPrivate, onProgress }: Choice,
  services: Services,
): Promise<string> {
  const { conversations, images, signal } = services;
  const conversationId = await conversationAbout(interaction, image, services);
  const askedBy = interaction.user.id;
  const request = { image, fetchImage: () => images.fetch(image, signal), askedBy, onProgress, signal };
  if (!question) {
    const begins = isPrivate ? {} : { beginsIn: conversationId };
    const caption = await conversations.caption({ ...request, ...begins, ...(prompt && { prompt }) });
    const text = begun(prompt, caption.text);
    return toldCaption({ ...caption, text }, interaction.locale, image);
  }
  const asking = { ...request, question, messageId };
  const answer = await conversations.ask(conversationId, asking);
  return toldAnswer({ answer, image, locale: interaction.locale });
}
