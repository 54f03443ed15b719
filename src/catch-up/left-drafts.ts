// What a bot that was cut off while it answered has left behind: half an answer, which nobody would ever end.
import { Locale, type Message } from 'discord.js';
import type { Services } from '../../commands/command.ts';
import { deleteMessage } from '../../commands/delete-message.ts';
import { quietly } from '../../commands/outgoing.ts';
import { patiently } from '../../commands/patience.ts';
import { say } from '../../commands/texts/texts.ts';

export interface LeftDraftsOptions extends Pick<Services, 'conversations' | 'preferences' | 'signal'> {
  /** Whether this process has heard of a message or an interaction, and so ends its answer itself. */
  readonly isHeard: (sourceId: string) => boolean;
}

/** A message is answered anew, in another reply. Of an interaction nothing is left but the draft. */
export async function clearLeftDrafts(
  drafts: readonly Message[],
  { isHeard, conversations, preferences, signal }: LeftDraftsOptions,
): Promise<void> {
  for (const draft of drafts) {
    const { id, interactionMetadata: interaction, reference } = draft;
    const sourceId = interaction?.id ?? reference?.messageId;
    if (sourceId !== undefined && isHeard(sourceId)) continue;
    if (!interaction) {
      await deleteMessage(draft, signal);
      continue;
    }
    // Its turn may be kept already, though nobody has read the answer.
    await conversations.forgetMessages([id, interaction.id]);
    const locale = await preferences.languages.lastOf(interaction.user.id);
    const content = say(locale ?? Locale.EnglishUS, 'cutOff');
    await patiently(() => draft.edit({ content, ...quietly }), signal);
  }
}
