// What came first, by the ids of messages: they count up with time, and no two share a millisecond's place.
import type { ConversationRecord } from './conversations.ts';

/** Ids are decimal numbers beyond what a double holds. */
export function isNewer(id: string, than: string): boolean {
  return id.length === than.length ? id > than : id.length > than.length;
}

/** The newest message that a record knows of: the one that asked last, else the one that holds the image. */
export function newestMessageOf({ image, turns }: ConversationRecord): string {
  return turns.at(-1)?.messageId ?? image.messageId;
}
