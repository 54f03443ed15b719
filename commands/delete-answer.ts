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
    const { turnId } = deletable;
    const messageIds =
      (turnId && (await forgetTurn(turnId, message, services))) || (await shownBy(message, services));
    await deleteMessages({ client, channelId, messageIds }, services.signal);
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

async function shownBy(message: Message, { signal }: Services): Promise<readonly string[]> {
  return (await messagesOfAnswer(message, signal)).map(({ id }) => id);
}

/** @returns the messages that show the answer; undefined where its turn is kept no longer */
async function forgetTurn(
  turnId: string,
  message: Message,
  services: Services,
): Promise<readonly string[] | undefined> {
  const { conversations } = services;
  const place = await conversations.turnOf(turnId);
  if (!place) return undefined;
  const shown = place.turn.answerIds ?? (await shownBy(message, services));
  // By its answer: the message that asked may hold the picture, whose scene is to stay.
  if (!place.turn.answerIds) await conversations.noteAnswer(turnId, shown);
  await conversations.forgetMessages(shown);
  return shown;
}

/** Who asked, by the button under an answer. */
export function askerOf(answer: Message): string | undefined {
  const ours = customIdsOn(answer).find((id) => id.startsWith(`${deleteButtonId}:`));
  return ours && readDeleteId(ours).askerId;
}
