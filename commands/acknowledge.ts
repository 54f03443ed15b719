// Tells Discord within its 3 seconds that an interaction is being answered, and how the answer will show.
import {
  type ButtonInteraction,
  DiscordAPIError,
  MessageFlags,
  type ModalBuilder,
  type ModalSubmitInteraction,
  RESTJSONErrorCodes,
} from 'discord.js';
import type { AskedBy } from './asked-by.ts';
import { patiently } from './patience.ts';

export interface AcknowledgeOptions {
  /** Only whoever asked sees the answer. */
  readonly flags?: MessageFlags.Ephemeral;
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
  await acknowledgeBeside(interaction, signal);
  interaction.ephemeral = interaction.message.flags.has(MessageFlags.Ephemeral);
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
