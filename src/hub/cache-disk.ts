// The disk that the cache lies on: whether it has room for what is pulled, and what is said where it can't be written.
import { mkdirSync } from 'node:fs';
import { freeBytesAt, isDiskFull } from '../../models/disk.ts';
import { formatBytes } from '../../models/format-bytes.ts';
import { bytesHere } from './download-blob.ts';
import { HubError } from './hub-error.ts';
import { formatModelId, type ModelId } from './model-id.ts';
import type { RemoteFile } from './remote-model.ts';

interface Place {
  readonly id: ModelId;
  readonly cache: string;
  readonly blobs: string;
  readonly freeBytes?: ((folder: string) => Promise<number>) | undefined;
  /** What is written of the files as soon as they are there, in bytes. */
  readonly written?: number;
}

/** @throws HubError where what isn't here yet of the files has no room, and what is written of them then */
export async function requireRoom(files: readonly RemoteFile[], place: Place): Promise<void> {
  const { id, cache, blobs, freeBytes = freeBytesAt, written = 0 } = place;
  mkdirSync(blobs, { recursive: true });
  const absent = await Promise.all(files.map(async (file) => file.bytes - (await bytesHere(blobs, file))));
  const fetched = absent.reduce((sum, bytes) => sum + bytes, 0);
  // Where all is here, something may be written as well, and whoever writes asks for the room of the rest.
  const [needed, free] = [fetched > 0 ? fetched + written : 0, await freeBytes(blobs)];
  if (needed <= free) return;
  throw new HubError(
    `${formatModelId(id)} needs ${formatBytes(needed)} more, but ${cache} has room for ${formatBytes(free)}. Free some, or set HF_HUB_CACHE to a folder on another disk.`,
  );
}

export function cantWrite(error: NodeJS.ErrnoException, cache: string): HubError {
  const problem = isDiskFull(error)
    ? 'The disk became full'
    : `${error.path ?? 'A file'} can't be written (${error.code})`;
  return new HubError(
    `${problem}. Put it right and pull again, or set HF_HUB_CACHE to another folder than ${cache}.`,
    { cause: error },
  );
}
