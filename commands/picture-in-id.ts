// How a custom id names the picture that it is about: by its message and its key, in few of the 100 characters that
// Discord takes.
import type { SceneImage } from '../conversation/conversations.ts';

/** The longest kind of key, which holds two ids' worth of letters beside these. */
const longKind = 'server-avatar:';
const shortKind = 's:';

/** Begins with a colon. */
export function pictureInId({
  messageId,
  attachmentId,
}: Pick<SceneImage, 'messageId' | 'attachmentId'>): string {
  const key = attachmentId.startsWith(longKind)
    ? `${shortKind}${attachmentId.slice(longKind.length)}`
    : attachmentId;
  return `:${messageId}:${key}`;
}

/** Undefined where the id names none. Ids from before keys were shortened name theirs in full. */
export function readPictureInId(
  customId: string,
): Pick<SceneImage, 'messageId' | 'attachmentId'> | undefined {
  // A picture's key may hold a colon.
  const [, messageId, ...parts] = customId.split(':');
  const key = parts.join(':');
  if (!messageId || !key) return undefined;
  const attachmentId = key.startsWith(shortKind) ? `${longKind}${key.slice(shortKind.length)}` : key;
  return { messageId, attachmentId };
}
