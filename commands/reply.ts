// Posts an answer: split where Discord's limit asks for it, as a reply to whoever asked, pinging nobody.
import {
  type APIActionRowComponent,
  type APIComponentInMessageActionRow,
  type ButtonInteraction,
  type ChatInputCommandInteraction,
  DiscordAPIError,
  type JSONEncodable,
  type Message,
  MessageFlags,
  RESTJSONErrorCodes,
} from 'discord.js';
import { splitText } from './split-text.ts';

export type AskedBy = ChatInputCommandInteraction | ButtonInteraction;

export interface Outgoing {
  /** Discord's markdown: what a model said goes through `plainText` first. */
  readonly text: string;
  /** Under the last part. */
  readonly components?: readonly JSONEncodable<APIActionRowComponent<APIComponentInMessageActionRow>>[];
  /** On the first part. */
  readonly files?: readonly { readonly attachment: Buffer; readonly name: string }[];
}

interface Part {
  content: string;
  components?: JSONEncodable<APIActionRowComponent<APIComponentInMessageActionRow>>[];
  files?: { attachment: Buffer; name: string }[];
}

const quiet = { allowedMentions: { parse: [], repliedUser: false }, failIfNotExists: false } as const;

/** Every part is a reply to the question, so that a reply to any of them leads back to the image. */
export async function replyToMessage(message: Message, outgoing: Outgoing): Promise<void> {
  for (const part of partsOf(outgoing)) await message.reply({ ...part, ...quiet });
}

/** Fills in the deferred answer. Past the interaction's 15 minutes, it becomes an ordinary message. */
export async function answerInteraction(interaction: AskedBy, outgoing: Outgoing): Promise<void> {
  for (const [index, part] of partsOf(outgoing).entries()) {
    try {
      if (index === 0) await interaction.editReply({ ...part, allowedMentions: quiet.allowedMentions });
      else
        await interaction.followUp({
          ...part,
          allowedMentions: quiet.allowedMentions,
          flags: flagsOf(interaction),
        });
    } catch (error) {
      if (!isTooLate(error)) throw error;
      await sendApart(interaction, part);
    }
  }
}

/** What was asked for in private stays so. */
async function sendApart(interaction: AskedBy, part: Part): Promise<void> {
  const channel = interaction.ephemeral ? await interaction.user.createDM() : interaction.channel;
  if (channel?.isSendable()) await channel.send({ ...part, allowedMentions: quiet.allowedMentions });
}

function partsOf({ text, components, files }: Outgoing): Part[] {
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

function isTooLate(error: unknown): boolean {
  return (
    error instanceof DiscordAPIError &&
    (error.code === RESTJSONErrorCodes.InvalidWebhookToken ||
      error.code === RESTJSONErrorCodes.UnknownWebhook)
  );
}
