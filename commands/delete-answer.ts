// The button "Delete": removes an answer, and its turn from the memory. For whoever asked, for moderators, and where it
// holds somebody's picture, for them.
import { type ButtonInteraction, type Message, PermissionFlagsBits } from 'discord.js';
import { acknowledgeBeside } from './acknowledge.ts';
import { type Deletable, deleteButtonId, readDeleteId } from './button-ids.ts';
import type { Button, Services } from './command.ts';
import { customIdsOn } from './custom-ids.ts';
import { UserError } from './errors.ts';
import { messagesOfAnswer } from './messages-of-answer.ts';
import { deleteAnswer as deleteMessages } from './rewrite-answer.ts';
import { saying } from './texts/texts.ts';

export const deleteAnswer: Button = {
  isFree: true,
  id: deleteButtonId,

  async execute(interaction, services) {
    const deletable = readDeleteId(interaction.customId);
    demandRight(interaction, deletable);
    await acknowledgeBeside(interaction, services.signal);
    const { client, channelId, message } = interaction;
    const messageIds = await showing(message, deletable, services);
    // First of all: an answer that has to stay, as where a permission is missing, stays in the memory as well.
    await deleteMessages({ client, channelId, messageIds }, services.signal);
    await services.conversations.forgetMessages(messageIds);
  },
};

/** @throws UserError for somebody else */
function demandRight({ user, memberPermissions }: ButtonInteraction, { askerId, posterId }: Deletable): void {
  if (user.id === askerId || user.id === posterId) return;
  if (memberPermissions?.has(PermissionFlagsBits.ManageMessages)) return;
  const asker = `<@${askerId}>`;
  throw new UserError(
    posterId
      ? saying('copyNotYours', { asker, poster: `<@${posterId}>` })
      : saying('deleteNotYours', { asker }),
  );
}

/** The messages that show the answer, which lead to its turn from now on, as far as that is kept. */
async function showing(
  message: Message,
  { turnId }: Deletable,
  { conversations, signal }: Services,
): Promise<readonly string[]> {
  const known = turnId && (await conversations.turnOf(turnId))?.turn.answerIds;
  if (known) return known;
  const shown = (await messagesOfAnswer(message, signal)).map(({ id }) => id);
  // By its answer: the message that asked may hold the picture, whose scene is to stay.
  if (turnId) await conversations.noteAnswer(turnId, shown);
  return shown;
}

/** Who asked, by the button under an answer. */
export function askerOf(answer: Message): string | undefined {
  const ours = customIdsOn(answer).find((id) => id.startsWith(`${deleteButtonId}:`));
  return ours && readDeleteId(ours).askerId;
}
