// "Describe for screen readers" in a message's menu: posts the pictures again with descriptions set on them, as a bot
// can't set one on other people's messages.
import {
  ApplicationCommandType,
  ContextMenuCommandBuilder,
  DiscordAPIError,
  InteractionContextType,
  type Message,
  type MessageContextMenuCommandInteraction,
  PermissionFlagsBits,
  RESTJSONErrorCodes,
} from 'discord.js';
import type { Saying } from '../models/saying.ts';
import { acknowledge } from './acknowledge.ts';
import { isMachineMade } from './alt-text.ts';
import { answerInteraction } from './answer-interaction.ts';
import { copyRow } from './answer-row.ts';
import type { MessageCommand, PostedImage, Services } from './command.ts';
import { isCopy, noteCopy } from './copies.ts';
import { type Described, describeAll, type Picture } from './describe-pictures.ts';
import { UserError } from './errors.ts';
import { imageNow } from './image-place.ts';
import { InteractionDraft } from './interaction-draft.ts';
import { allPicturesOn, pictureOn } from './picture-on.ts';
import { isSpoiler, noPictures } from './pictures.ts';
import { covered, plainText } from './plain-text.ts';
import { menuEntry } from './texts/described.ts';
import { say, saying } from './texts/texts.ts';
import { refuseWithheld } from './withheld.ts';

type Interaction = MessageContextMenuCommandInteraction;

const attachFiles = [saying('permissionAttachFiles')];
/** What Discord takes in one message; links and embeds show pictures beside the files of another one. */
const mostFiles = 10;

export const describeImage: MessageCommand = {
  data: menuEntry(new ContextMenuCommandBuilder(), 'describeImage')
    .setType(ApplicationCommandType.Message)
    .setContexts(InteractionContextType.Guild, InteractionContextType.BotDM)
    .toJSON(),

  async execute(interaction, services) {
    pictureOn(interaction);
    await acknowledge(interaction, {}, services.signal);
    const pictures = await picturesNow(interaction, services);
    const present = presentDescriptions(interaction.targetMessage, pictures);
    const others = noPictures(interaction.targetMessage).map(({ name }) => name);
    if (present) {
      // As a refusal, so that it uses up no answer of the hour.
      throw new UserError(asPresent(present, leftOutNote(others, interaction)));
    }
    const { described, leftOut } = await services.drafts.during(
      new InteractionDraft(interaction),
      (onProgress) => describeAll(pictures, { asker: interaction, onProgress }, services),
    );
    // They may have said so while it was looked at.
    for (const { picture } of described) refuseWithheld(picture, services.preferences.privacy);
    const note = leftOutNote([...leftOut, ...others], interaction);
    if (await repost(interaction, { described, note }, services)) return;
    const text = `${toCopy(described, interaction)}${note}`;
    await answerInteraction(interaction, { text }, services.signal);
  },
};

/** One that an answer of the bot's is about is on another message, which knows its name and whose it is. */
async function picturesNow(interaction: Interaction, { signal }: Services): Promise<readonly Picture[]> {
  const { client } = interaction;
  return Promise.all(
    allPicturesOn(interaction).map((picture) =>
      'url' in picture ? picture : imageNow(client, picture, signal),
    ),
  );
}

interface Present {
  readonly description: string;
  /** As its picture is. */
  readonly isHidden: boolean;
}

/** Where each picture has one: whoever posted it knows best what it shows. */
function presentDescriptions(message: Message, pictures: readonly Picture[]): readonly Present[] | undefined {
  const shown = isCopy(message)
    ? message.attachments.map((file) => ({ description: file.description, isHidden: isSpoiler(file) }))
    : pictures.map((one) => ('url' in one ? one : {}) as Partial<PostedImage>);
  const present = shown.flatMap(({ description, isHidden = false }) =>
    description ? [{ description, isHidden }] : [],
  );
  return present.length === shown.length ? present : undefined;
}

function asPresent(present: readonly Present[], note: string): Saying {
  const quotes = present.map(({ description, isHidden }) => {
    const text = covered(plainText(description), isHidden);
    return `> ${text.replaceAll('\n', '\n> ')}`;
  });
  const isOurs = present.some(({ description }) => isMachineMade(description));
  const descriptions = `${quotes.join('\n\n')}${note}`;
  return saying(isOurs ? 'describedByMe' : 'describedAlready', { descriptions });
}

/** @returns whether Discord took the files */
async function repost(
  interaction: Interaction,
  { described, note }: { readonly described: readonly Described[]; readonly note: string },
  services: Services,
): Promise<boolean> {
  const { appPermissions, attachmentSizeLimit, channel, channelId, locale, user } = interaction;
  const files = described.flatMap(({ file }) => file ?? []);
  const size = files.reduce((sum, { attachment }) => sum + attachment.byteLength, 0);
  const fits = files.length <= mostFiles && size <= attachmentSizeLimit;
  const isAllowed = appPermissions.has(PermissionFlagsBits.AttachFiles) && fits;
  const [first] = described;
  if (!isAllowed || !first || files.length < described.length) return false;
  const { picture: image } = first;
  const posterId = image.authorId;
  const row = copyRow({ image, askerId: user.id, channel, locale, ...(posterId && { posterId }) });
  const outgoing = { text: `-# ${say(locale, 'describedHere')}${note}`, files, components: [row] };
  try {
    const [messageId = ''] = await answerInteraction(interaction, outgoing, services.signal);
    const attachmentIds = described.map(({ picture }) => picture.attachmentId);
    const copy = {
      channelId,
      messageId,
      originalId: image.messageId,
      attachmentIds,
      ...(posterId && { authorId: posterId }),
      ...(interaction.guildId && { guildId: interaction.guildId }),
    };
    await noteCopy(copy, services);
    return true;
  } catch (error) {
    if (!isFileRefused(error)) throw error;
    return false;
  }
}

function isFileRefused(error: unknown): boolean {
  const codes: (string | number)[] = [
    RESTJSONErrorCodes.MissingPermissions,
    RESTJSONErrorCodes.RequestEntityTooLarge,
  ];
  return error instanceof DiscordAPIError && codes.includes(error.code);
}

function toCopy(described: readonly Described[], { appPermissions, locale }: Interaction): string {
  const blocks = described.map(({ description, picture }) => {
    const block = `\`\`\`\n${description.replaceAll('`', "'")}\n\`\`\``;
    return covered(block, 'isHidden' in picture && picture.isHidden);
  });
  const why = appPermissions.has(PermissionFlagsBits.AttachFiles)
    ? say(locale, 'copyDescription')
    : say(locale, 'copyMeanwhile', { lacks: saying('lacksPermissions', { permissions: attachFiles }) });
  return `${why}\n${blocks.join('\n')}`;
}

/** Whoever relies on descriptions can't see that one is missing. */
function leftOutNote(names: readonly string[], { locale }: Interaction): string {
  if (names.length === 0) return '';
  const files = names.map((name) => plainText(name)).join(', ');
  return `\n-# ${say(locale, 'leftUndescribed', { files })}`;
}
