// /caption says what a picture shows: the one handed over, or the newest in the channel.
import {
  type ChatInputCommandInteraction,
  InteractionContextType,
  MessageFlags,
  SlashCommandBuilder,
} from 'discord.js';
import type { Caption, CaptionRequest, SceneImage } from '../conversation/conversations.ts';
import { ofFrame } from '../conversation/frames.ts';
import type { FrameChoice } from '../models/backend.ts';
import { acknowledge } from './acknowledge.ts';
import { altTextOf } from './alt-text.ts';
import { answerInteraction } from './answer-interaction.ts';
import { answerRow } from './answer-row.ts';
import { begun, maxPromptCharacters, tellBegun } from './begun.ts';
import type { Command, PostedImage, Services } from './command.ts';
import { frameAsked, offeredFrames } from './frame-option.ts';
import { fetchGivenImage, type GivenImage } from './given-image.ts';
import { InteractionDraft } from './interaction-draft.ts';
import { languageNote } from './language-of.ts';
import { lookAt } from './look-at.ts';
import { lookAtReadable } from './look-at-readable.ts';
import { fetchNamedAvatar, letGoLater, type NamedAvatar } from './named-avatar.ts';
import { newestImage } from './newest-image.ts';
import type { Outgoing } from './outgoing.ts';
import { patiently } from './patience.ts';
import { pictureRows } from './picture-menu.ts';
import { imageOn } from './pictures.ts';
import { captionStarters, offered } from './starters.ts';
import { described, option } from './texts/described.ts';
import { oneLine, toldCaption } from './told-answer.ts';

export const caption: Command = {
  data: described(new SlashCommandBuilder().setName('caption'), 'captionHelp')
    .setContexts(InteractionContextType.Guild, InteractionContextType.BotDM)
    .addAttachmentOption((image) => option(image, 'imageOption'))
    .addUserOption((user) => option(user, 'userOption'))
    .addStringOption((frame) => option(frame, 'frameOption').setMaxLength(30).setAutocomplete(true))
    .addStringOption((prompt) =>
      option(prompt, 'promptOption').setMaxLength(maxPromptCharacters).setAutocomplete(true),
    )
    .addBooleanOption((isPrivate) => option(isPrivate, 'privateOption'))
    .toJSON(),

  async complete(interaction) {
    const { name, value } = interaction.options.getFocused(true);
    await interaction.respond(name === 'frame' ? offeredFrames(value) : offered(captionStarters, value));
  },

  async execute(interaction, services) {
    const isPrivate = interaction.options.getBoolean('private') ?? false;
    await acknowledge(interaction, isPrivate ? { flags: MessageFlags.Ephemeral } : {}, services.signal);
    const { image, frame, avatar, text: said, ...outgoing } = await captionAsked(interaction, services);
    const menus = image ? pictureRows(image, interaction.locale, promptOf(interaction)) : [];
    // Whatever followed from a button would show everybody what was asked for in private.
    const components = isPrivate ? menus : [rowUnder(interaction, image), ...menus];
    const text = `${said}${await languageNote(interaction.user.id, interaction.locale, services)}`;
    const [messageId] = await answerInteraction(
      interaction,
      { ...outgoing, text, components },
      services.signal,
    );
    if (avatar && messageId && !isPrivate) await letGoLater(avatar, messageId, services);
    if (frame && !isPrivate) await nameFrame(interaction, frame, services);
  },
};

interface Captioned extends Outgoing {
  /** Absent where it hangs on the answer itself. */
  readonly image?: SceneImage | PostedImage;
  /** The one that was asked for, of a picture that hangs on the answer itself. */
  readonly frame?: FrameChoice;
  /** That of somebody, where it hangs on the answer. */
  readonly avatar?: PostedImage;
}

function rowUnder(interaction: ChatInputCommandInteraction, image: SceneImage | undefined) {
  const { user, channel, locale } = interaction;
  const prompt = promptOf(interaction);
  return answerRow({ ...(image && { image }), ...(prompt && { prompt }), askerId: user.id, channel, locale });
}

/** What follows from the buttons is about that frame, too; until it was posted, the picture had no key to go by. */
async function nameFrame(
  interaction: ChatInputCommandInteraction,
  frame: FrameChoice,
  { signal }: Services,
): Promise<void> {
  const image = imageOn(await patiently(() => interaction.fetchReply(), signal));
  if (!image) return;
  const components = [rowUnder(interaction, ofFrame(image, frame))];
  await patiently(() => interaction.editReply({ components }), signal);
}

function promptOf({ options }: ChatInputCommandInteraction): string | undefined {
  const prompt = options.getString('prompt');
  return prompt === null ? undefined : oneLine(prompt);
}

async function captionAsked(
  interaction: ChatInputCommandInteraction,
  services: Services,
): Promise<Captioned> {
  const frame = frameAsked(interaction);
  const avatar = await fetchNamedAvatar(interaction, services, frame);
  if (avatar) return captionAvatar(interaction, avatar, services);
  const given = interaction.options.getAttachment('image');
  if (given) {
    const fetched = await fetchGivenImage(interaction, given, services, frame);
    return { ...(await captionGiven(interaction, fetched, services)), ...(frame && { frame }) };
  }
  const image = await newestImage(interaction, services);
  return captionNewest(interaction, frame ? ofFrame(image, frame) : image, services);
}

async function captionAvatar(
  interaction: ChatInputCommandInteraction,
  { image, bytes, files }: NamedAvatar,
  services: Services,
): Promise<Captioned> {
  const look = () => captionOf(interaction, image, async () => bytes, services);
  const caption = await lookAt(image, services, look);
  const description = altTextOf(caption.text, interaction.locale);
  const described = files.map((file) => ({ ...file, ...(description && { description }) }));
  return {
    text: toldCaption(caption, interaction.locale, image),
    files: described,
    image,
    ...(files.length > 0 && { avatar: image }),
  };
}

async function captionGiven(
  interaction: ChatInputCommandInteraction,
  { image, bytes, file }: GivenImage,
  services: Services,
): Promise<Captioned> {
  const caption = await captionOf(interaction, image, async () => bytes, services);
  const description = file.description ?? altTextOf(caption.text, interaction.locale);
  const described = { ...file, ...(description && { description }) };
  return { text: toldCaption(caption, interaction.locale, image), files: [described] };
}

async function captionNewest(
  interaction: ChatInputCommandInteraction,
  newest: SceneImage | PostedImage,
  services: Services,
): Promise<Captioned> {
  const { locale } = interaction;
  const look = (image: SceneImage | PostedImage) =>
    captionOf(interaction, image, () => services.images.fetch(image, services.signal), services);
  const { image, seen, note } = await lookAtReadable(newest, { locale }, services, look);
  return { text: `${toldCaption(seen, locale, image)}${note}`, image };
}

async function captionOf(
  interaction: ChatInputCommandInteraction,
  image: SceneImage,
  fetchImage: CaptionRequest['fetchImage'],
  { conversations, drafts, signal }: Services,
): Promise<Caption> {
  const prompt = promptOf(interaction);
  const request = { image, fetchImage, signal, askedBy: interaction.user.id, ...(prompt && { prompt }) };
  const caption = await drafts.during(new InteractionDraft(interaction), (onProgress) =>
    conversations.caption({ ...request, onProgress: tellBegun(prompt, onProgress) }),
  );
  return { ...caption, text: begun(prompt, caption.text) };
}
