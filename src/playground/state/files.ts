// The bytes of attachments, in memory and bounded, and the signatures in their addresses.
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

export function createFileStore({ keptBytes, attachmentUrlMs }: Limits): FileStore {
  const files = new Map<string, StoredFile>();
  const secret = randomBytes(32);
  let total = 0;
  const signature = (path: string, issued: string, expires: string) =>
    createHmac('sha256', secret).update(`${path} ${issued} ${expires}`).digest('hex');

  const store: FileStore = {
    put(attachmentId, file) {
      files.set(attachmentId, file);
      total += file.bytes.byteLength;
      for (const oldest of files.keys()) {
        if (total <= keptBytes || oldest === attachmentId) break;
        store.drop(oldest);
      }
    },
    get: (attachmentId) => files.get(attachmentId),
    drop(attachmentId) {
      total -= files.get(attachmentId)?.bytes.byteLength ?? 0;
      files.delete(attachmentId);
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
