// "Describe for screen readers" in a message's menu: posts the pictures again with descriptions set on them, as a bot
// can't set one on other people's messages.
import {
  ApplicationCommandType,
  ContextMenuCommandBuilder,
  DiscordAPIError,
  InteractionContextType,
  type MessageContextMenuCommandInteraction,
  PermissionFlagsBits,
  RESTJSONErrorCodes,
} from 'discord.js';
import type { SceneImage } from '../conversation/conversations.ts';
import { acknowledge } from './acknowledge.ts';
import { altTextOf } from './alt-text.ts';
import { answerInteraction } from './answer-interaction.ts';
import type { MessageCommand, PostedImage, Services } from './command.ts';
import { UserError } from './errors.ts';
import { isUnreadable, lookAt } from './look-at.ts';
import type { PostedFile } from './outgoing.ts';
import { allPicturesOn, pictureOn } from './picture-on.ts';
import { plainText } from './plain-text.ts';
import { menuEntry } from './texts/described.ts';
import { say, saying } from './texts/texts.ts';

type Interaction = MessageContextMenuCommandInteraction;
type Picture = SceneImage | PostedImage;
type Asker = Pick<Interaction, 'locale' | 'user'>;

const attachFiles = [saying('permissionAttachFiles')];

interface Described {
  readonly description: string;
  /** Absent where the file is gone, or nobody knows its name. */
  readonly file?: PostedFile;
}

export const describeImage: MessageCommand = {
  data: menuEntry(new ContextMenuCommandBuilder(), 'describeImage')
    .setType(ApplicationCommandType.Message)
    .setContexts(InteractionContextType.Guild, InteractionContextType.BotDM)
    .toJSON(),

  async execute(interaction, services) {
    pictureOn(interaction);
    await acknowledge(interaction, {}, services.signal);
    const pictures = allPicturesOn(interaction);
    const present = pictures.flatMap((picture) => presentDescription(picture) ?? []);
    if (present.length === pictures.length) {
      await answerInteraction(interaction, { text: asPresent(present, interaction.locale) }, services.signal);
      return;
    }
    const described = await describeAll(pictures, interaction, services);
    if (await repost(interaction, described, services.signal)) return;
    await answerInteraction(interaction, { text: toCopy(described, interaction) }, services.signal);
  },
};

/** Whoever posted the picture knows best what it shows. */
function presentDescription(picture: Picture): string | undefined {
  return 'description' in picture ? picture.description : undefined;
}

function asPresent(descriptions: readonly string[], locale: string): string {
  const quotes = descriptions.map((one) => `> ${plainText(one).replaceAll('\n', '\n> ')}`);
  return `${say(locale, 'describedAlready')}\n${quotes.join('\n\n')}`;
}

/** One after the other. A picture that can't be read costs the others nothing. */
async function describeAll(
  pictures: readonly Picture[],
  asker: Asker,
  services: Services,
): Promise<Described[]> {
  const described: Described[] = [];
  let failure: unknown;
  for (const picture of pictures) {
    try {
      described.push(await describe(picture, asker, services));
    } catch (error) {
      if (!isUnreadable(error) && !(error instanceof UserError)) throw error;
      failure = error;
    }
  }
  if (described.length === 0) throw failure;
  return described;
}

async function describe(picture: Picture, { user, locale }: Asker, services: Services): Promise<Described> {
  const { conversations, images, signal } = services;
  let fetched: Promise<Uint8Array | undefined> | undefined;
  const fetchImage = () => {
    fetched ??= images.fetch(picture, signal);
    return fetched;
  };
  const caption = () =>
    lookAt(picture, services, () =>
      conversations.caption({ image: picture, fetchImage, askedBy: user.id, signal }),
    );
  const description = presentDescription(picture) ?? altTextOf((await caption()).text, locale);
  if (!description) throw new UserError(saying('noWords'));
  const bytes = await fetchImage();
  if (!bytes || !('name' in picture)) return { description };
  return { description, file: { attachment: Buffer.from(bytes), name: picture.name, description } };
}

/** @returns whether Discord took the files */
async function repost(
  interaction: Interaction,
  described: readonly Described[],
  signal: AbortSignal,
): Promise<boolean> {
  const { appPermissions, attachmentSizeLimit } = interaction;
  const files = described.flatMap(({ file }) => file ?? []);
  const size = files.reduce((sum, { attachment }) => sum + attachment.byteLength, 0);
  const isAllowed = appPermissions.has(PermissionFlagsBits.AttachFiles) && size <= attachmentSizeLimit;
  if (!isAllowed || files.length < described.length) return false;
  try {
    await answerInteraction(
      interaction,
      { text: `-# ${say(interaction.locale, 'describedHere')}`, files },
      signal,
    );
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
  const blocks = described.map(({ description }) => `\`\`\`\n${description.replaceAll('`', "'")}\n\`\`\``);
  const why = appPermissions.has(PermissionFlagsBits.AttachFiles)
    ? say(locale, 'copyDescription')
    : say(locale, 'copyMeanwhile', { lacks: saying('lacksPermissions', { permissions: attachFiles }) });
  return `${why}\n${blocks.join('\n')}`;
}
