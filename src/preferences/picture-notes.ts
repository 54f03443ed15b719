// Whose the pictures are that the model looked at, and where they hang: features are kept by the hash of the file alone,
// and have to go when whoever posted it, or the server, says so, or when it is gone from the chat.
import type Keyv from 'keyv';
import { z } from 'zod';
import type { PostedImage } from '../../commands/command.ts';
import { imageHashOf } from '../../conversation/features.ts';
import { frameOf } from '../../conversation/frames.ts';
import { KeyedQueue } from '../../conversation/keyed-queue.ts';
import type { Store } from '../../conversation/store.ts';

const noteShape = z.object({
  authorId: z.string(),
  guildId: z.string().exactOptional(),
  imageHash: z.string(),
  /** Those from before it was kept where pictures hang have none. */
  place: z.object({ channelId: z.string(), messageId: z.string(), attachmentId: z.string() }).exactOptional(),
  /** When it was fetched (ISO 8601). */
  at: z.iso.datetime(),
});

export type PictureNote = z.infer<typeof noteShape>;

/** As long as features are kept. */
const keepMs = 30 * 24 * 60 * 60 * 1000;

export class PictureNotes {
  /** By message; those that name none, one by one. */
  readonly #kept: Keyv<unknown>;
  readonly #queue = new KeyedQueue();

  constructor(store: Store) {
    this.#kept = store.namespace('picture-notes', { ttlMs: keepMs });
  }

  /** @throws StoreError */
  async add(image: PostedImage, bytes: Uint8Array): Promise<void> {
    const { authorId, guildId, channelId, messageId, attachmentId } = image;
    const imageHash = imageHashOf(bytes, frameOf(image));
    const note: PictureNote = {
      authorId,
      ...(guildId !== undefined && { guildId }),
      imageHash,
      place: { channelId, messageId, attachmentId },
      at: new Date().toISOString(),
    };
    await this.#change(messageId, (notes) => [...notes.filter((other) => !isSame(other, note)), note]);
  }

  /** Those of the pictures on a message. @throws StoreError */
  async on(messageId: string): Promise<readonly PictureNote[]> {
    return notesIn(await this.#kept.get(messageId));
  }

  /** @throws StoreError */
  async find(fits: (note: PictureNote) => boolean): Promise<readonly PictureNote[]> {
    const found: PictureNote[] = [];
    for await (const [, value] of this.#kept.iterator?.(undefined) ?? []) {
      found.push(...notesIn(value).filter(fits));
    }
    return found;
  }

  /** @throws StoreError */
  async remove(note: PictureNote): Promise<void> {
    const { guildId, authorId, imageHash, place } = note;
    if (place) await this.#change(place.messageId, (notes) => notes.filter((other) => !isSame(other, note)));
    else await this.#kept.delete(`${guildId ?? 'direct'}:${authorId}:${imageHash}`);
  }

  async #change(
    messageId: string,
    change: (notes: readonly PictureNote[]) => readonly PictureNote[],
  ): Promise<void> {
    await this.#queue.run(messageId, async () => {
      const left = change(await this.on(messageId));
      await (left.length > 0 ? this.#kept.set(messageId, left) : this.#kept.delete(messageId));
    });
  }
}

function isSame(one: PictureNote, other: PictureNote): boolean {
  return one.imageHash === other.imageHash && one.place?.attachmentId === other.place?.attachmentId;
}

/** None where the record is damaged. */
function notesIn(value: unknown): readonly PictureNote[] {
  const parsed = z.array(noteShape).safeParse(Array.isArray(value) ? value : [value]);
  return parsed.success ? parsed.data : [];
}
