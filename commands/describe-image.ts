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
import { altTextOf } from './alt-text.ts';
import type { MessageCommand, PostedImage, Services } from './command.ts';
import { UserError } from './errors.ts';
import { isUnreadable, lookAt } from './look-at.ts';
import { allPicturesOn, pictureOn } from './picture-on.ts';
import { plainText } from './plain-text.ts';
import { acknowledge, answerInteraction, type PostedFile } from './reply.ts';

type Interaction = MessageContextMenuCommandInteraction;
type Picture = SceneImage | PostedImage;

interface Described {
  readonly description: string;
  /** Absent where the file is gone, or nobody knows its name. */
  readonly file?: PostedFile;
}

export const describeImage: MessageCommand = {
  data: new ContextMenuCommandBuilder()
    .setName('Describe for screen readers')
    .setType(ApplicationCommandType.Message)
    .setContexts(InteractionContextType.Guild, InteractionContextType.BotDM)
    .toJSON(),

  async execute(interaction, services) {
    pictureOn(interaction);
    await acknowledge(interaction, {}, services.signal);
    const pictures = allPicturesOn(interaction);
    const present = pictures.flatMap((picture) => presentDescription(picture) ?? []);
    if (present.length === pictures.length) {
      return answerInteraction(interaction, { text: asPresent(present) }, services.signal);
    }
    const described = await describeAll(pictures, services);
    if (await repost(interaction, described, services.signal)) return;
    await answerInteraction(interaction, { text: toCopy(described) }, services.signal);
  },
};

/** Whoever posted the picture knows best what it shows. */
function presentDescription(picture: Picture): string | undefined {
  return 'description' in picture ? picture.description : undefined;
}

function asPresent(descriptions: readonly string[]): string {
  const quotes = descriptions.map((one) => `> ${plainText(one).replaceAll('\n', '\n> ')}`);
  const [what, has] = quotes.length > 1 ? ['these pictures', 'them'] : ['this picture', 'it'];
  return `Whoever posted ${what} has described ${has}:\n${quotes.join('\n\n')}`;
}

/** One after the other. A picture that can't be read costs the others nothing. */
async function describeAll(pictures: readonly Picture[], services: Services): Promise<Described[]> {
  const described: Described[] = [];
  let failure: unknown;
  for (const picture of pictures) {
    try {
      described.push(await describe(picture, services));
    } catch (error) {
      if (!isUnreadable(error) && !(error instanceof UserError)) throw error;
      failure = error;
    }
  }
  if (described.length === 0) throw failure;
  return described;
}

async function describe(picture: Picture, services: Services): Promise<Described> {
  const { conversations, images, signal } = services;
  let fetched: Promise<Uint8Array | undefined> | undefined;
  const fetchImage = () => {
    fetched ??= images.fetch(picture, signal);
    return fetched;
  };
  const caption = () =>
    lookAt(picture, services, () => conversations.caption({ image: picture, fetchImage, signal }));
  const description = presentDescription(picture) ?? altTextOf(await caption());
  if (!description) throw new UserError('I have no words for this picture. Describe it in your own.');
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
  const [what, each] = files.length > 1 ? ['pictures', 'descriptions'] : ['picture', 'a description'];
  try {
    await answerInteraction(
      interaction,
      { text: `-# The ${what} with ${each} for screen readers.`, files },
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

function toCopy(described: readonly Described[]): string {
  const blocks = described.map(({ description }) => `\`\`\`\n${description.replaceAll('`', "'")}\n\`\`\``);
  const [what, whose] =
    blocks.length > 1 ? ['pictures', 'their descriptions'] : ['picture', 'its description'];
  return `I can't post the ${what} here, so copy this into ${whose}:\n${blocks.join('\n')}`;
}
