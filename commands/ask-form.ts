// The form with one field in which one asks about a picture. Its custom id says about which.
import {
  ActionRowBuilder,
  ModalBuilder,
  type ModalSubmitInteraction,
  TextInputBuilder,
  TextInputStyle,
} from 'discord.js';
import type { SceneImage } from '../conversation/conversations.ts';
import { acknowledge } from './acknowledge.ts';
import { answerQuestion, maxQuestionCharacters } from './answer-question.ts';
import { channelOfMessage } from './channel-of-message.ts';
import type { Form, PostedImage, Services } from './command.ts';
import { imageNow } from './image-place.ts';
import { pictureInId, readPictureInId } from './picture-in-id.ts';
import { say } from './texts/texts.ts';
import { withNames } from './with-names.ts';

const id = 'ask';
const questionField = 'question';

export const askForm: Form = {
  id,

  async execute(interaction, services) {
    await acknowledge(interaction, {}, services.signal);
    const written = interaction.fields.getTextInputValue(questionField);
    const question = await withNames(interaction, written, services);
    const image = await imageAskedAbout(interaction, services);
    await answerQuestion(interaction, { image, question }, services);
  },
};

/** @param locale of whoever is to fill it in */
export function askFormAbout(image: SceneImage, locale: string): ModalBuilder {
  const question = new TextInputBuilder()
    .setCustomId(questionField)
    .setLabel(say(locale, 'askLabel'))
    .setPlaceholder(say(locale, 'askPlaceholder'))
    .setStyle(TextInputStyle.Short)
    .setMaxLength(maxQuestionCharacters)
    .setRequired(true);
  return new ModalBuilder()
    .setCustomId(`${id}${pictureInId(image)}`)
    .setTitle(say(locale, 'askTitle'))
    .addComponents(new ActionRowBuilder<TextInputBuilder>().addComponents(question));
}

async function imageAskedAbout(
  { client, customId, channel, channelId }: ModalSubmitInteraction,
  { signal }: Services,
): Promise<SceneImage | PostedImage> {
  const picture = readPictureInId(customId);
  if (!channelId || !picture) throw new Error(`The form "${customId}" names no picture.`);
  const holder = channelOfMessage({ channelId, channel }, picture.messageId);
  return imageNow(client, { channelId: holder, ...picture }, signal);
}
