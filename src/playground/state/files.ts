// The bytes of attachments, bounded, and the signatures in their addresses.
import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto';
import type { Limits } from '../limits.ts';

export interface StoredFile {
  readonly bytes: Uint8Array;
  readonly name: string;
  readonly contentType: string;
}

export interface FileStore {
  put(attachmentId: string, file: StoredFile): void;
  get(attachmentId: string): StoredFile | undefined;
  drop(attachmentId: string): void;
  /** Adds Discord's query (`ex`, `is`, `hm`) to a path, good for `attachmentUrlMs` from now. */
  sign(path: string): string;
  /** Whether the query's signature is ours and has not expired. */
  verify(path: string, query: { ex?: string; is?: string; hm?: string }): boolean;
}

/** Where the bytes lie, by attachment: a Map holds them in memory. */
export interface FileShelf {
  get(attachmentId: string): StoredFile | undefined;
  set(attachmentId: string, file: StoredFile): unknown;
  delete(attachmentId: string): unknown;
}

export interface FileStoreOptions {
  readonly limits: Limits;
  readonly shelf?: FileShelf;
  /** How many bytes each file on the shelf has, oldest first. */
  readonly sizes?: Iterable<readonly [attachmentId: string, bytes: number]>;
  /** Addresses signed with it serve until they expire. */
  readonly secret?: Uint8Array;
}

export function createFileStore(options: FileStoreOptions): FileStore {
  const { shelf = new Map<string, StoredFile>(), secret = randomBytes(32) } = options;
  const { keptBytes, attachmentUrlMs } = options.limits;
  const sizes = new Map(options.sizes);
  let total = [...sizes.values()].reduce((sum, size) => sum + size, 0);
  const signature = (path: string, issued: string, expires: string) =>
    createHmac('sha256', secret).update(`${path} ${issued} ${expires}`).digest('hex');

  const store: FileStore = {
    put(attachmentId, file) {
      shelf.set(attachmentId, file);
      sizes.set(attachmentId, file.bytes.byteLength);
      total += file.bytes.byteLength;
      for (const oldest of sizes.keys()) {
        if (total <= keptBytes || oldest === attachmentId) break;
        store.drop(oldest);
      }
    },
    get: (attachmentId) => shelf.get(attachmentId),
    drop(attachmentId) {
      total -= sizes.get(attachmentId) ?? 0;
      sizes.delete(attachmentId);
      shelf.delete(attachmentId);
    },
    // Discord counts these in whole seconds; milliseconds here let a test expire a link without waiting for one.
    sign(path) {
      const issued = Date.now().toString(16);
      const expires = (Date.now() + attachmentUrlMs).toString(16);
      return `${path}?ex=${expires}&is=${issued}&hm=${signature(path, issued, expires)}&`;
    },
    verify(path, { ex = '', is = '', hm = '' }) {
      const expected = Buffer.from(signature(path, is, ex));
      const given = Buffer.from(hm);
      const genuine = given.length === expected.length && timingSafeEqual(given, expected);
      return genuine && Date.now() < Number.parseInt(ex, 16);
    },
  };
  return store;
}
