// /caption says what a picture shows: the one handed over, or the newest in the channel.
import {
  type Attachment,
  type ChatInputCommandInteraction,
  InteractionContextType,
  MessageFlags,
  SlashCommandBuilder,
} from 'discord.js';
import type { CaptionRequest, OnProgress } from '../conversation/conversations.ts';
import { altTextOf } from './alt-text.ts';
import { answerRow } from './answer-row.ts';
import type { Command, PostedImage, Services } from './command.ts';
import { fetchGivenImage } from './given-image.ts';
import { InteractionDraft } from './interaction-draft.ts';
import { languageNote } from './language-of.ts';
import { lookAt } from './look-at.ts';
import { fetchNamedAvatar, type NamedAvatar } from './named-avatar.ts';
import { newestImage } from './newest-image.ts';
import { pictureRows } from './picture-menu.ts';
import { placeNote } from './pictures.ts';
import { spoken } from './plain-text.ts';
import { acknowledge, answerInteraction, type Outgoing } from './reply.ts';
import { captionStarters, completeWith } from './starters.ts';
import { described, option } from './texts/described.ts';

export const caption: Command = {
  data: described(new SlashCommandBuilder().setName('caption'), 'captionHelp')
    .setContexts(InteractionContextType.Guild, InteractionContextType.BotDM)
    .addAttachmentOption((image) => option(image, 'imageOption'))
    .addUserOption((user) => option(user, 'userOption'))
    .addStringOption((prompt) => option(prompt, 'promptOption').setMaxLength(300).setAutocomplete(true))
    .addBooleanOption((isPrivate) => option(isPrivate, 'privateOption'))
    .toJSON(),

  complete: completeWith(captionStarters),

  async execute(interaction, services) {
    const isPrivate = interaction.options.getBoolean('private') ?? false;
    await acknowledge(interaction, isPrivate ? { flags: MessageFlags.Ephemeral } : {}, services.signal);
    const { image, text: said, ...outgoing } = await captionAsked(interaction, services);
    const menus = image ? pictureRows(image, interaction.locale) : [];
    // Whatever followed from a button would show everybody what was asked for in private.
    const components = isPrivate ? menus : [rowUnder(interaction, image), ...menus];
    const text = `${said}${await languageNote(interaction.user.id, interaction.locale, services)}`;
    await answerInteraction(interaction, { ...outgoing, text, components }, services.signal);
  },
};

interface Captioned extends Outgoing {
  /** Absent where it hangs on the answer itself. */
  readonly image?: PostedImage;
}

function rowUnder(interaction: ChatInputCommandInteraction, image: PostedImage | undefined) {
  const { user, channel, locale } = interaction;
  const prompt = promptOf(interaction);
  return answerRow({ ...(image && { image }), ...(prompt && { prompt }), askerId: user.id, channel, locale });
}

function promptOf({ options }: ChatInputCommandInteraction): string | undefined {
  return options.getString('prompt')?.trim();
}

async function captionAsked(
  interaction: ChatInputCommandInteraction,
  services: Services,
): Promise<Captioned> {
  const avatar = await fetchNamedAvatar(interaction, services);
  if (avatar) return captionAvatar(interaction, avatar, services);
  const given = interaction.options.getAttachment('image');
  return given ? captionGiven(interaction, given, services) : captionNewest(interaction, services);
}

async function captionAvatar(
  interaction: ChatInputCommandInteraction,
  { image, bytes, files }: NamedAvatar,
  services: Services,
): Promise<Captioned> {
  const look = () => captionOf(interaction, image, async () => bytes, services);
  const caption = await lookAt(image, services, look);
  const description = altTextOf(caption);
  const described = files.map((file) => ({ ...file, ...(description && { description }) }));
  return {
    text: `${spoken(caption, interaction.locale)}${placeNote(image, interaction.locale)}`,
    files: described,
    image,
  };
}

async function captionGiven(
  interaction: ChatInputCommandInteraction,
  attachment: Attachment,
  services: Services,
): Promise<Captioned> {
  const { image, bytes, file } = await fetchGivenImage(interaction, attachment, services);
  const caption = await captionOf(interaction, image, async () => bytes, services);
  const description = file.description ?? altTextOf(caption);
  const described = { ...file, ...(description && { description }) };
  return { text: spoken(caption, interaction.locale), files: [described] };
}

async function captionNewest(
  interaction: ChatInputCommandInteraction,
  services: Services,
): Promise<Captioned> {
  const image = await newestImage(interaction, services);
  const fetchImage = () => services.images.fetch(image, services.signal);
  const caption = await lookAt(image, services, () => captionOf(interaction, image, fetchImage, services));
  const { locale } = interaction;
  return { text: `${spoken(caption, locale)}${placeNote(image, locale)}`, image };
}

async function captionOf(
  interaction: ChatInputCommandInteraction,
  image: PostedImage,
  fetchImage: CaptionRequest['fetchImage'],
  { conversations, drafts, signal }: Services,
): Promise<string> {
  const prompt = promptOf(interaction);
  const request = { image, fetchImage, signal, askedBy: interaction.user.id, ...(prompt && { prompt }) };
  // The model goes on where the prompt ends.
  const whole = (text: string) => (prompt && text ? `${prompt} ${text}` : text);
  const text = await drafts.during(new InteractionDraft(interaction), (onProgress) => {
    const tell: OnProgress = (progress) =>
      onProgress(
        progress.stage === 'writing' ? { ...progress, text: whole(progress.text.trim()) } : progress,
      );
    return conversations.caption({ ...request, onProgress: tell });
  });
  return whole(text);
}
