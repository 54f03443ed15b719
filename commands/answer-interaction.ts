// Posts the answer to an interaction: in the place of "thinking…", beside the message that was pressed on, or apart from
// both where Discord waits no longer.
import { DiscordAPIError, DiscordjsError, type Message, MessageFlags, RESTJSONErrorCodes } from 'discord.js';
import type { AskedBy } from './asked-by.ts';
import { deleteMessage } from './delete-message.ts';
import { isDraft } from './draft-text.ts';
import { type Outgoing, type Part, partsOf, quietly } from './outgoing.ts';
import { patiently } from './patience.ts';
import { post } from './post.ts';
import { reply } from './reply.ts';

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

function flagsOf(interaction: AskedBy): MessageFlags.Ephemeral[] {
  return interaction.ephemeral ? [MessageFlags.Ephemeral] : [];
}

/** As `acknowledgeBeside` leaves it; a reply, deferred or not, is ephemeral or isn't. */
function isBeside({ deferred, ephemeral }: AskedBy): boolean {
  return deferred && ephemeral === null;
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
