// /ask answers a question about a picture: the one handed over, or the one that the talk here is about.
import {
  type Attachment,
  type ChatInputCommandInteraction,
  InteractionContextType,
  type Message,
  SlashCommandBuilder,
} from 'discord.js';
import { acknowledge } from './acknowledge.ts';
import { answerQuestion, maxQuestionCharacters } from './answer-question.ts';
import type { Command, PostedImage, Services } from './command.ts';
import { describeUnasked } from './describe-unasked.ts';
import { UserError } from './errors.ts';
import { fetchGivenImage } from './given-image.ts';
import { fetchNamedAvatar } from './named-avatar.ts';
import { newestImage } from './newest-image.ts';
import { patiently } from './patience.ts';
import { imageOn } from './pictures.ts';
import { holdsLink } from './question-text.ts';
import { completeWith, questionStarters } from './starters.ts';
import { described, option } from './texts/described.ts';
import { saying } from './texts/texts.ts';
import { quoted } from './told-answer.ts';
import { withNames } from './with-names.ts';

export const ask: Command = {
  data: described(new SlashCommandBuilder().setName('ask'), 'askHelp')
    .setContexts(InteractionContextType.Guild, InteractionContextType.BotDM)
    .addStringOption((question) =>
      option(question, 'questionOption')
        .setMaxLength(maxQuestionCharacters)
        .setRequired(true)
        .setAutocomplete(true),
    )
    .addAttachmentOption((image) => option(image, 'imageOption'))
    .addUserOption((user) => option(user, 'userOption'))
    .toJSON(),

  complete: completeWith(questionStarters),

  async execute(interaction, services) {
    await acknowledge(interaction, {}, services.signal);
    const question = await withNames(interaction, interaction.options.getString('question', true), services);
    const avatar = await fetchNamedAvatar(interaction, services);
    if (avatar) return answerQuestion(interaction, { ...avatar, question }, services);
    const given = interaction.options.getAttachment('image');
    if (given) return askAboutGiven(interaction, given, question, services);
    // Discord shows no preview of it, and nobody who sent one means another picture.
    if (holdsLink(question)) throw new UserError(saying('linkInCommand', { image: saying('imageOption') }));
    await answerQuestion(
      interaction,
      { image: await newestImage(interaction, services), question },
      services,
    );
  },
};

async function askAboutGiven(
  interaction: ChatInputCommandInteraction,
  given: Attachment,
  question: string,
  services: Services,
): Promise<void> {
  const { message, image } = await postGiven(interaction, given, question, services);
  await answerQuestion(interaction, { image, question }, services);
  if (!image.description) await describeUnasked(message, image, interaction.locale, services);
}

/** Replies find their picture, and what was said about it, by the message that it hangs on: the answer to be. */
async function postGiven(
  interaction: ChatInputCommandInteraction,
  given: Attachment,
  question: string,
  services: Services,
): Promise<{ message: Message; image: PostedImage }> {
  const { file } = await fetchGivenImage(interaction, given, services);
  const message = await patiently(
    () => interaction.editReply({ content: quoted(question), files: [file], allowedMentions: { parse: [] } }),
    services.signal,
  );
  const image = imageOn(message);
  if (!image) throw new Error(`Message ${message.id} lost the picture that was posted with it.`);
  return { message, image };
}
