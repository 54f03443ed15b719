// The keys of those pictures that an edit can take off a message: its files, and what its links show.
import type { APIEmbed, APIMessage, Message } from 'discord.js';
import type { SceneImage } from '../conversation/conversations.ts';
import { holdersOf, previewKey } from './carriers.ts';

/** Also of what it forwards. */
export function changeableKeys(message: Message): Set<string> {
  return new Set(
    holdersOf(message).flatMap(({ attachments, embeds }) => [
      ...attachments.keys(),
      ...previewKeys(embeds.map(({ data }) => data)),
    ]),
  );
}

/** As Discord sends a message. */
export function changeableKeysIn(message: APIMessage): Set<string> {
  const holders = [message, ...(message.message_snapshots ?? []).map((snapshot) => snapshot.message)];
  return new Set(
    holders.flatMap(({ attachments, embeds }) => [
      ...attachments.map(({ id }) => id),
      ...previewKeys(embeds),
    ]),
  );
}

/** Whether a picture is what a link shows. */
export function isPreview({ attachmentId }: Pick<SceneImage, 'attachmentId'>): boolean {
  return attachmentId.startsWith('embed:');
}

function previewKeys(embeds: readonly APIEmbed[]): string[] {
  return embeds.flatMap((embed) => previewKey(embed) ?? []);
}
