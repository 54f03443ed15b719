// /chat opens a thread about a picture, in which every message is a question; in such a thread it changes the picture.
import {
  type Attachment,
  type ChatInputCommandInteraction,
  InteractionContextType,
  type Message,
  MessageFlags,
  SlashCommandBuilder,
} from 'discord.js';
import { acknowledge } from './acknowledge.ts';
import { altTextOf } from './alt-text.ts';
import { answerInteraction } from './answer-interaction.ts';
import type { Command, PostedImage, Services } from './command.ts';
import { threadConversation } from './conversation-id.ts';
import { UserError } from './errors.ts';
import { fetchMessage } from './fetch-message.ts';
import { fetchGivenImage } from './given-image.ts';
import { InteractionDraft } from './interaction-draft.ts';
import { newestImage } from './newest-image.ts';
import { patiently } from './patience.ts';
import { imageOn } from './pictures.ts';
import { described, option } from './texts/described.ts';
import { say, saying } from './texts/texts.ts';
import { canHoldThreads, isVisualChat, openVisualChat } from './visual-chat.ts';

export const chat: Command = {
  data: described(new SlashCommandBuilder().setName('chat'), 'chatHelp')
    .setContexts(InteractionContextType.Guild)
    .addAttachmentOption((image) => option(image, 'imageOption'))
    .toJSON(),

  async execute(interaction, services) {
    const given = interaction.options.getAttachment('image');
    // A picture handed over has to be seen by all, a link to the thread doesn't.
    await acknowledge(interaction, given ? {} : { flags: MessageFlags.Ephemeral }, services.signal);
    if (isVisualChat(interaction.channel)) return goOn(interaction, given, services);
    if (!canHoldThreads(interaction.channel)) {
      throw new UserError(saying('noThreadsHere', { command: '/chat' }));
    }
    const text = given
      ? await openOnGiven(interaction, given, services)
      : await openOnNewest(interaction, services);
    await answerInteraction(interaction, { text }, services.signal);
  },
};

async function goOn(
  interaction: ChatInputCommandInteraction,
  given: Attachment | null,
  services: Services,
): Promise<void> {
  if (!given) {
    // As a refusal, so that it uses up no answer of the hour.
    throw new UserError(saying('chatAlready'));
  }
  const { image } = await postGiven(interaction, given, say(interaction.locale, 'newPicture'), services);
  await services.conversations.begin(threadConversation(interaction.channelId), image);
}

async function openOnGiven(
  interaction: ChatInputCommandInteraction,
  given: Attachment,
  services: Services,
): Promise<string> {
  const { user, locale } = interaction;
  const { message, image, caption } = await postGiven(
    interaction,
    given,
    say(locale, 'openingThread'),
    services,
  );
  return openVisualChat(message, image, services, { askedBy: user.id, locale, caption });
}

async function openOnNewest(interaction: ChatInputCommandInteraction, services: Services): Promise<string> {
  const image = await newestImage(interaction, services);
  const message = await fetchMessage(interaction.channel, image.messageId, services.signal);
  if (!message) throw new UserError(saying('pictureGone'));
  const { locale, user } = interaction;
  return services.drafts.during(new InteractionDraft(interaction), (onProgress) =>
    openVisualChat(message, image, services, { askedBy: user.id, locale, onProgress }),
  );
}

/** The bot's own answer becomes the message that the picture hangs on, once it is known that it can be read. */
async function postGiven(
  interaction: ChatInputCommandInteraction,
  given: Attachment,
  content: string,
  services: Services,
): Promise<{ message: Message; image: PostedImage; caption: string }> {
  const { conversations, drafts, signal } = services;
  const { image: handedOver, bytes, file } = await fetchGivenImage(interaction, given, services);
  const request = { image: handedOver, fetchImage: async () => bytes, askedBy: interaction.user.id, signal };
  const { text: caption } = await drafts.during(new InteractionDraft(interaction), (onProgress) =>
    conversations.caption({ ...request, onProgress }),
  );
  const description = file.description ?? altTextOf(caption, interaction.locale);
  const described = { ...file, ...(description && { description }) };
  const message = await patiently(() => interaction.editReply({ content, files: [described] }), signal);
  const image = imageOn(message);
  if (!image) throw new Error(`Message ${message.id} lost the picture that was posted with it.`);
  return { message, image, caption };
}
