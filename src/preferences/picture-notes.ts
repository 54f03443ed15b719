// Whose the pictures are that the model looked at: features are kept by the hash of the file alone, and have to go when
// whoever posted it, or the server, says so.
import type Keyv from 'keyv';
import { z } from 'zod';
import type { PostedImage } from '../../commands/command.ts';
import { imageHashOf } from '../../conversation/features.ts';
import { frameOf } from '../../conversation/frames.ts';
import type { Store } from '../../conversation/store.ts';

const noteShape = z.object({
  authorId: z.string(),
  guildId: z.string().exactOptional(),
  imageHash: z.string(),
  /** When it was fetched (ISO 8601). */
  at: z.iso.datetime(),
});

export type PictureNote = z.infer<typeof noteShape>;

/** As long as features are kept. */
const keepMs = 30 * 24 * 60 * 60 * 1000;

export class PictureNotes {
  readonly #kept: Keyv<unknown>;

  constructor(store: Store) {
    this.#kept = store.namespace('picture-notes', { ttlMs: keepMs });
  }

  /** @throws StoreError */
  async add(image: PostedImage, bytes: Uint8Array): Promise<void> {
    const { authorId, guildId } = image;
    const imageHash = imageHashOf(bytes, frameOf(image));
    const note: PictureNote = {
      authorId,
      ...(guildId !== undefined && { guildId }),
      imageHash,
      at: new Date().toISOString(),
    };
    await this.#kept.set(`${guildId ?? 'direct'}:${authorId}:${imageHash}`, note);
  }

  /** @throws StoreError */
  async find(fits: (note: PictureNote) => boolean): Promise<readonly PictureNote[]> {
    const found: PictureNote[] = [];
    for await (const [, value] of this.#kept.iterator?.(undefined) ?? []) {
      const parsed = noteShape.safeParse(value);
      if (parsed.success && fits(parsed.data)) found.push(parsed.data);
    }
    return found;
  }

  /** @throws StoreError */
  async remove({ guildId, authorId, imageHash }: PictureNote): Promise<void> {
    await this.#kept.delete(`${guildId ?? 'direct'}:${authorId}:${imageHash}`);
  }
}
