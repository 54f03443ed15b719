// Questions that several parts of the page ask about a message.
import type { APIMessage, APIUser } from 'discord.js';
import { messageFlags, messageTypes, stickerFormats } from './discord-values.ts';
import { isPicture } from './files.ts';
import { isSameDay } from './times.ts';

const groupMs = 7 * 60_000;

export function isEphemeral(message: APIMessage): boolean {
  return hasFlag(message, messageFlags.ephemeral);
}

/** A deferred answer, shown as "blipcord is thinking…". */
export function isThinking(message: APIMessage): boolean {
  return hasFlag(message, messageFlags.loading);
}

export function isSystemMessage(message: APIMessage): boolean {
  return message.type === messageTypes.threadCreated || message.type === messageTypes.threadStarter;
}

/** Name of the command that a message answers, when it answers one. */
export function usedCommand(message: APIMessage): string | undefined {
  const { type } = message;
  const isAnswer = type === messageTypes.chatInputCommand || type === messageTypes.contextMenuCommand;
  return isAnswer ? message.interaction?.name : undefined;
}

/** Whether a message stands under the author line of the one before it, as Discord groups them. */
export function continues(before: APIMessage | undefined, message: APIMessage): boolean {
  return (
    before !== undefined &&
    before.author.id === message.author.id &&
    !isSystemMessage(before) &&
    message.type === messageTypes.default &&
    isEphemeral(before) === isEphemeral(message) &&
    isSameDay(before.timestamp, message.timestamp) &&
    Date.parse(message.timestamp) - Date.parse(before.timestamp) < groupMs
  );
}

/** What carries pictures: a message, or what one forwards. */
type Holder = Pick<APIMessage, 'attachments'> & Partial<Pick<APIMessage, 'embeds' | 'sticker_items'>>;

export function hasPicture(message: APIMessage): boolean {
  const forwarded = message.message_snapshots?.map((snapshot) => snapshot.message) ?? [];
  return [message, ...forwarded].some(holdsPicture);
}

function holdsPicture({ attachments, embeds = [], sticker_items: stickers = [] }: Holder): boolean {
  return (
    attachments.some(({ content_type, filename }) => isPicture(content_type ?? '', filename)) ||
    stickers.some(({ format_type: format }) => format !== stickerFormats.lottie) ||
    embeds.some(({ thumbnail, image }) => thumbnail !== undefined || image !== undefined)
  );
}

/** The newest picture that somebody posted for all to see. */
export function newestPicture(messages: readonly APIMessage[]): APIMessage | undefined {
  return messages.findLast((message) => hasPicture(message) && !isEphemeral(message));
}

export function displayName(user: APIUser): string {
  return user.global_name ?? user.username;
}

function hasFlag(message: APIMessage, flag: number): boolean {
  return ((message.flags ?? 0) & flag) !== 0;
}
