// Posts an answer: split where Discord's limit asks for it, as a reply to whoever asked, pinging nobody.
import {
  type APIActionRowComponent,
  type APIComponentInMessageActionRow,
  type ButtonInteraction,
  type ChatInputCommandInteraction,
  DiscordAPIError,
  DiscordjsError,
  type JSONEncodable,
  type Message,
  type MessageContextMenuCommandInteraction,
  MessageFlags,
  type ModalBuilder,
  type ModalSubmitInteraction,
  RESTJSONErrorCodes,
  type SendableChannels,
  SnowflakeUtil,
  type StringSelectMenuInteraction,
} from 'discord.js';
import { deleteMessage } from './delete-message.ts';
import { isDraft } from './draft-text.ts';
import { patiently } from './patience.ts';
import type { ReplyDraft } from './reply-draft.ts';
import { splitText } from './split-text.ts';

export type AskedBy =
  | ChatInputCommandInteraction
  | MessageContextMenuCommandInteraction
  | ButtonInteraction
  | StringSelectMenuInteraction
  | ModalSubmitInteraction;

export interface PostedFile {
  readonly attachment: Buffer;
  readonly name: string;
  /** What screen readers read in its place. */
  readonly description?: string;
}

export interface Outgoing {
  /** Discord's markdown: what a model said goes through `plainText` first. */
  readonly text: string;
  /** Under the last part. */
  readonly components?: readonly JSONEncodable<APIActionRowComponent<APIComponentInMessageActionRow>>[];
  /** On the first part. */
  readonly files?: readonly PostedFile[];
}

export interface AcknowledgeOptions {
  /** Only whoever asked sees the answer. */
  readonly flags?: MessageFlags.Ephemeral;
}

/** One message. */
export interface Part {
  content: string;
  components?: JSONEncodable<APIActionRowComponent<APIComponentInMessageActionRow>>[];
  files?: PostedFile[];
}

/** Pings nobody, whatever the text holds. */
export const quietly = { allowedMentions: { parse: [], repliedUser: false } } as const;

/**
 * Every part is a reply to the question, so that a reply to any of them leads back to the image.
 * @param signal ends the waiting for a Discord that fails
 * @param draft becomes the first part
 * @returns the ids of the messages
 */
export async function replyToMessage(
  message: Message,
  outgoing: Outgoing,
  signal?: AbortSignal,
  draft?: ReplyDraft,
): Promise<readonly string[]> {
  const ids: string[] = [];
  for (const [index, part] of partsOf(outgoing).entries()) {
    const isDrafted = draft && index === 0;
    ids.push(isDrafted ? await draft.become(part, signal) : (await reply(message, part, signal)).id);
  }
  return ids;
}

/** @param nonce as in `post` */
export async function reply(
  message: Message,
  part: Part,
  signal: AbortSignal | undefined,
  nonce?: string,
): Promise<Message> {
  const once = postedOnce(nonce);
  return patiently(() => message.reply({ ...part, ...quietly, failIfNotExists: false, ...once }), signal);
}

/** A reply that nobody asked for: it makes no sound. */
export async function replyQuietly(message: Message, text: string, signal?: AbortSignal): Promise<void> {
  const flags = MessageFlags.SuppressNotifications as const;
  for (const part of partsOf({ text })) {
    const once = postedOnce();
    const options = { ...part, ...quietly, failIfNotExists: false, ...once, flags };
    await patiently<unknown>(() => message.reply(options), signal);
  }
}

/** To be called first: Discord takes no answer to an interaction that was not acknowledged within 3 seconds. */
export async function acknowledge(
  interaction: AskedBy,
  options: AcknowledgeOptions,
  signal: AbortSignal,
): Promise<void> {
  try {
    await patiently(() => interaction.deferReply(options), signal);
  } catch (error) {
    // By an attempt whose response was lost; or it was too late, so that the answer is posted apart from it.
    if (!isAcknowledged(error) && !isUnknown(error)) throw error;
    interaction.deferred = true;
    interaction.ephemeral = options.flags === MessageFlags.Ephemeral;
  }
}

/** Answers with a form to fill in; takes the place of `acknowledge`, within the same 3 seconds. */
export async function openForm(
  interaction: Exclude<AskedBy, ModalSubmitInteraction>,
  form: ModalBuilder,
  signal: AbortSignal,
): Promise<void> {
  try {
    await patiently(() => interaction.showModal(form), signal);
  } catch (error) {
    if (!isAcknowledged(error)) throw error;
  }
}

/**
 * To be called first by a button that changes messages by itself, its own among them: nothing shows that it works, and
 * `answerInteraction` tells what went wrong beside them.
 */
export async function acknowledgeBeside(interaction: ButtonInteraction, signal: AbortSignal): Promise<void> {
  try {
    await patiently(() => interaction.deferUpdate(), signal);
  } catch (error) {
    if (!isAcknowledged(error)) throw error;
    interaction.deferred = true;
  }
}

/** To be called first, where the answer takes the place of the message that was pressed on. */
export async function acknowledgeInPlace(interaction: ButtonInteraction, signal: AbortSignal): Promise<void> {
  try {
    await patiently(() => interaction.deferUpdate(), signal);
  } catch (error) {
    if (!isAcknowledged(error)) throw error;
    interaction.deferred = true;
  }
  interaction.ephemeral = interaction.message.flags.has(MessageFlags.Ephemeral);
}

/**
 * Fills in the deferred answer. Past the interaction's 15 minutes, it becomes an ordinary message.
 * @param signal ends the waiting for a Discord that fails
 * @returns the ids of the messages
 */
export async function answerInteraction(
  interaction: AskedBy,
  outgoing: Outgoing,
  signal?: AbortSignal,
): Promise<readonly string[]> {
  const ids: string[] = [];
  let original: Message | undefined;
  for (const part of partsOf(outgoing)) {
    try {
      if (isBeside(interaction)) ids.push(await sayBeside(interaction, part, signal));
      else if (original) ids.push(await goOn(interaction, original, part, signal));
      else {
        original = await patiently(() => interaction.editReply({ ...part, ...quietly }), signal);
        ids.push(original.id);
      }
    } catch (error) {
      if (!isTooLate(error)) throw error;
      ids.push(...(await sendApart(interaction, part, signal)));
    }
  }
  return ids;
}

/** Only whoever pressed the button sees it. */
async function sayBeside(interaction: AskedBy, part: Part, signal: AbortSignal | undefined): Promise<string> {
  const say = (): Promise<Message> =>
    interaction.followUp({ ...part, ...quietly, flags: MessageFlags.Ephemeral });
  return (await patiently(say, signal)).id;
}

/**
 * A follow-up takes no nonce, and may be posted twice where its response is lost. So the parts are replies, where all
 * may see them and the bot may write by itself.
 */
async function goOn(
  interaction: AskedBy,
  original: Message,
  part: Part,
  signal: AbortSignal | undefined,
): Promise<string> {
  if (!interaction.ephemeral) {
    try {
      return (await reply(original, part, signal)).id;
    } catch (error) {
      if (!isRefused(error)) throw error;
    }
  }
  const say = (): Promise<Message> =>
    interaction.followUp({ ...part, ...quietly, flags: flagsOf(interaction) });
  return (await patiently(say, signal)).id;
}

/** What was asked for in private stays so. */
async function sendApart(
  interaction: AskedBy,
  part: Part,
  signal: AbortSignal | undefined,
): Promise<string[]> {
  await removeDraftOf(interaction, signal);
  const channel = interaction.ephemeral ? await interaction.user.createDM() : interaction.channel;
  return channel?.isSendable() ? [await post(channel, part, signal)] : [];
}

/** Half an answer is not to stay above the whole one. */
async function removeDraftOf({ id, channel }: AskedBy, signal: AbortSignal | undefined): Promise<void> {
  const messages = [...(channel?.messages.cache.values() ?? [])];
  const draft = messages.find((one) => one.interactionMetadata?.id === id && isDraft(one));
  if (draft) await deleteMessage(draft, signal);
}

/**
 * A message that answers none.
 * @param nonce where another call may post the same: within some minutes, Discord takes it once
 */
export async function post(
  channel: SendableChannels,
  part: Part,
  signal?: AbortSignal,
  nonce?: string,
): Promise<string> {
  const once = postedOnce(nonce);
  const send = (): Promise<Message> => channel.send({ ...part, ...quietly, ...once });
  return (await patiently(send, signal)).id;
}

/** By its nonce Discord knows a message that it has posted already, though it could not say so. */
function postedOnce(nonce = freshNonce()): { nonce: string; enforceNonce: true } {
  return { nonce, enforceNonce: true };
}

export function freshNonce(): string {
  return SnowflakeUtil.generate().toString();
}

/** The messages that it takes. */
export function partsOf({ text, components, files }: Outgoing): Part[] {
  const parts: Part[] = splitText(text).map((content) => ({ content }));
  const first = parts[0];
  const last = parts.at(-1);
  if (first && files) first.files = [...files];
  if (last && components) last.components = [...components];
  return parts;
}

function flagsOf(interaction: AskedBy): MessageFlags.Ephemeral[] {
  return interaction.ephemeral ? [MessageFlags.Ephemeral] : [];
}

/** As `acknowledgeBeside` leaves it; a reply, deferred or not, is ephemeral or isn't. */
function isBeside({ deferred, ephemeral }: AskedBy): boolean {
  return deferred && ephemeral === null;
}

function isAcknowledged(error: unknown): boolean {
  return (
    error instanceof DiscordAPIError &&
    error.code === RESTJSONErrorCodes.InteractionHasAlreadyBeenAcknowledged
  );
}

/** Discord heard nothing of us for 3 seconds, and told whoever asked that we don't respond. */
function isUnknown(error: unknown): boolean {
  return error instanceof DiscordAPIError && error.code === RESTJSONErrorCodes.UnknownInteraction;
}

/** Such as for want of a permission, or of the channel. */
function isRefused(error: unknown): boolean {
  return error instanceof DiscordAPIError || error instanceof DiscordjsError;
}

function isTooLate(error: unknown): boolean {
  return (
    error instanceof DiscordAPIError &&
    (error.code === RESTJSONErrorCodes.InvalidWebhookToken ||
      error.code === RESTJSONErrorCodes.UnknownWebhook)
  );
}
