// What a bot that was cut off while it answered has left behind: half an answer, which nobody would ever end.
import { type Client, DiscordAPIError, Locale, type Message, RESTJSONErrorCodes } from 'discord.js';
import type { Services } from '../../commands/command.ts';
import { deleteMessage } from '../../commands/delete-message.ts';
import { isDraft } from '../../commands/draft-text.ts';
import { fetchMessage } from '../../commands/fetch-message.ts';
import { quietly } from '../../commands/outgoing.ts';
import { patiently } from '../../commands/patience.ts';
import { putBack } from '../../commands/rewrite-draft.ts';
import { say } from '../../commands/texts/texts.ts';
import type { KeptDrafts } from './kept-drafts.ts';

export interface LeftDraftsOptions
  extends Pick<Services, 'conversations' | 'drafts' | 'log' | 'preferences' | 'signal'> {
  readonly keptDrafts: Pick<KeptDrafts, 'all' | 'forget'>;
  /** Whether this process has heard of a message or an interaction, and so ends its answer itself. */
  readonly isHeard: (sourceId: string) => boolean;
}

/** Those that were kept, wherever and however long ago they were shown. What can't be reached is logged. */
export async function clearKeptDrafts(client: Client, options: LeftDraftsOptions): Promise<void> {
  const { drafts, isHeard, keptDrafts, log, signal } = options;
  for (const { channelId, messageId, sourceId, replaces } of await keptDrafts.all()) {
    if (isHeard(sourceId) || drafts.sourceOf(messageId) !== undefined) continue;
    try {
      const draft = await draftAt(client, channelId, messageId, signal);
      if (draft && replaces) await putBack(draft, replaces, signal);
      else if (draft) await clearLeftDrafts([draft], options);
      await keptDrafts.forget(messageId);
    } catch (error) {
      log.warn({ err: error, channelId, messageId }, 'Could not clear half an answer');
    }
  }
}

/** Undefined where it is gone, or is one no longer. */
async function draftAt(
  client: Client,
  channelId: string,
  messageId: string,
  signal: AbortSignal,
): Promise<Message | undefined> {
  const channel = await patiently(() => client.channels.fetch(channelId), signal).catch((error: unknown) => {
    if (error instanceof DiscordAPIError && error.code === RESTJSONErrorCodes.UnknownChannel) return null;
    throw error;
  });
  const message = channel?.isTextBased() ? await fetchMessage(channel, messageId, signal) : undefined;
  return message && isDraft(message) ? message : undefined;
}

/** A message is answered anew, in another reply. Of an interaction nothing is left but the draft. */
export async function clearLeftDrafts(
  drafts: readonly Message[],
  { drafts: underWay, isHeard, conversations, preferences, signal }: LeftDraftsOptions,
): Promise<void> {
  for (const draft of drafts) {
    const { id, interactionMetadata: interaction, reference } = draft;
    const sourceId = interaction?.id ?? reference?.messageId;
    if (underWay.sourceOf(id) !== undefined || (sourceId !== undefined && isHeard(sourceId))) continue;
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
