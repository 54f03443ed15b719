// What the bot posts of people's pictures by itself: copies with a description, and captions that nobody asked for. It goes
// with the pictures, and copies stay those of whoever posted them first.
import { type Message, MessageType } from 'discord.js';
import { imageNamedBy } from './named-image.ts';
import type { Preferences } from './preferences.ts';

/** A message of the bot's that holds copies of pictures, or captions of them. */
export interface Copy {
  readonly channelId: string;
  readonly messageId: string;
  /** The message that they are on, in the same channel; of an avatar, the bot's own. */
  readonly originalId: string;
  /** Keys of theirs there. */
  readonly attachmentIds: readonly string[];
  /** Whoever posted them. */
  readonly authorId?: string;
  /** On which server; those from before it was kept have none. */
  readonly guildId?: string;
}

export interface Copies {
  /** From now on it follows what becomes of its original. Never rejects. */
  note(copy: Copy): Promise<void>;
  /** Removes from the chat the copies of a person's pictures; an answer that one hangs on stays. Never rejects. */
  removeOf(personId: string): Promise<void>;
}

/** It goes at once where whoever posted the picture has said meanwhile that theirs are to be left alone. */
export async function noteCopy(
  copy: Copy,
  { copies, preferences }: { readonly copies: Copies; readonly preferences: Preferences },
): Promise<void> {
  const { authorId } = copy;
  await copies.note(copy);
  if (authorId !== undefined && preferences.privacy.hasOptedOut(authorId)) await copies.removeOf(authorId);
}

/** Whether what a message holds is a copy: the buttons under it name the picture on another message. */
export function isCopy(message: Message): boolean {
  const { id, author, client, attachments, type } = message;
  if (author.id !== client.user.id || attachments.size === 0) return false;
  const named = imageNamedBy(message);
  // Those from before there were buttons under them.
  return named ? named.messageId !== id : type === MessageType.ContextMenuCommand;
}
