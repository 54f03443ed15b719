// The keys of those pictures that an edit can take off a message: its files, what its links show, and what is in its
// components.
import type { APIEmbed, APIMessage, APIMessageTopLevelComponent, Message } from 'discord.js';
import type { SceneImage } from '../conversation/conversations.ts';
import { componentsOf, holdersOf, mediaKey, previewKey } from './carriers.ts';
import { mediaIn } from './component-media.ts';

/** Also of what it forwards. */
export function changeableKeys(message: Message): Set<string> {
  return new Set(
    holdersOf(message).flatMap((holder) => [
      ...holder.attachments.keys(),
      ...previewKeys(holder.embeds.map(({ data }) => data)),
      ...mediaKeys(componentsOf(holder)),
    ]),
  );
}

/** As Discord sends a message. */
export function changeableKeysIn(message: APIMessage): Set<string> {
  const holders = [message, ...(message.message_snapshots ?? []).map((snapshot) => snapshot.message)];
  return new Set(
    holders.flatMap(({ attachments, embeds, components = [] }) => [
      ...attachments.map(({ id }) => id),
      ...previewKeys(embeds),
      ...mediaKeys(components),
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

function mediaKeys(components: readonly APIMessageTopLevelComponent[]): string[] {
  return mediaIn(components).flatMap(({ media }) => mediaKey(media) ?? []);
}
