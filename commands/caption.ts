// /caption says what a picture shows: the one handed over, or the newest in the channel.
import {
  type Attachment,
  type ChatInputCommandInteraction,
  InteractionContextType,
  MessageFlags,
  SlashCommandBuilder,
} from 'discord.js';
import type { CaptionRequest } from '../conversation/conversations.ts';
import { altTextOf } from './alt-text.ts';
import type { Command, PostedImage, Services } from './command.ts';
import { continueRow } from './continue-button.ts';
import { fetchGivenImage } from './given-image.ts';
import { lookAt } from './look-at.ts';
import { newestImage } from './newest-image.ts';
import { pictureRows } from './picture-menu.ts';
import { placeNote } from './pictures.ts';
import { spoken } from './plain-text.ts';
import { acknowledge, answerInteraction, type Outgoing } from './reply.ts';
import { captionStarters, completeWith } from './starters.ts';
import { canHoldThreads } from './visual-chat.ts';

export const caption: Command = {
  data: new SlashCommandBuilder()
    .setName('caption')
    .setDescription('Says what a picture shows')
    .setContexts(InteractionContextType.Guild, InteractionContextType.BotDM)
    .addAttachmentOption((option) =>
      option.setName('image').setDescription('The picture; without it, the newest one posted here'),
    )
    .addStringOption((option) =>
      option
        .setName('prompt')
        .setDescription('How the caption begins, as in: this is a picture of')
        .setMaxLength(300)
        .setAutocomplete(true),
    )
    .addBooleanOption((option) => option.setName('private').setDescription('Only you see the answer'))
    .toJSON(),

  complete: completeWith(captionStarters),

  async execute(interaction, services) {
    const isPrivate = interaction.options.getBoolean('private') ?? false;
    await acknowledge(interaction, isPrivate ? { flags: MessageFlags.Ephemeral } : {}, services.signal);
    const given = interaction.options.getAttachment('image');
    const answer = given
      ? await captionGiven(interaction, given, services)
      : await captionNewest(interaction, services);
    // A thread would show everybody what was asked for in private.
    const canContinue = !isPrivate && canHoldThreads(interaction.channel);
    const [continueButton, ...menus] = answer.components ?? [];
    const components = continueButton && canContinue ? [continueButton, ...menus] : menus;
    await answerInteraction(interaction, { ...answer, components }, services.signal);
  },
};

async function captionGiven(
  interaction: ChatInputCommandInteraction,
  attachment: Attachment,
  services: Services,
): Promise<Outgoing> {
  const { image, bytes, file } = await fetchGivenImage(interaction, attachment, services);
  const caption = await captionOf(interaction, image, async () => bytes, services);
  const description = file.description ?? altTextOf(caption);
  const described = { ...file, ...(description && { description }) };
  return { text: spoken(caption), files: [described], components: [continueRow()] };
}

async function captionNewest(
  interaction: ChatInputCommandInteraction,
  services: Services,
): Promise<Outgoing> {
  const image = await newestImage(interaction, services);
  const fetchImage = () => services.images.fetch(image, services.signal);
  const caption = await lookAt(image, services, () => captionOf(interaction, image, fetchImage, services));
  return {
    text: `${spoken(caption)}${placeNote(image)}`,
    components: [continueRow(image), ...pictureRows(image)],
  };
}

async function captionOf(
  interaction: ChatInputCommandInteraction,
  image: PostedImage,
  fetchImage: CaptionRequest['fetchImage'],
  { conversations, signal }: Services,
): Promise<string> {
  const prompt = interaction.options.getString('prompt')?.trim();
  const text = await conversations.caption({
    image,
    fetchImage,
    signal,
    askedBy: interaction.user.id,
    ...(prompt && { prompt }),
  });
  // The model goes on where the prompt ends.
  return prompt && text ? `${prompt} ${text}` : text;
}
