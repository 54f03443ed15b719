// One file from the hub into a blob named by its hash, going on where an earlier attempt broke off.
import { createHash, type Hash } from 'node:crypto';
import { createReadStream, existsSync } from 'node:fs';
import { type FileHandle, mkdir, open, rename, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { PARTIAL } from './hub-cache.ts';
import { HubError } from './hub-error.ts';
import { type PersistOptions, persist } from './persist.ts';
import type { RemoteFile, RemoteModel } from './remote-model.ts';

export interface DownloadOptions extends PersistOptions {
  /** The folder that blobs lie in. */
  readonly blobs: string;
  /** Bytes that came, or, when the hub made us begin anew, that are lost. */
  readonly onBytes: (count: number) => void;
}

export function blobPath(blobs: string, { hash }: RemoteFile): string {
  return join(blobs, hash.digest);
}

/** How much of the file is here already. */
export async function bytesHere(blobs: string, file: RemoteFile): Promise<number> {
  const blob = blobPath(blobs, file);
  if (existsSync(blob)) return file.bytes;
  const partial = await stat(partialPath(blob)).catch(() => undefined);
  return partial === undefined || partial.size > file.bytes ? 0 : partial.size;
}

/**
 * The blob appears at once, whole and with the right hash, or not at all.
 *
 * @throws HubError when the hash is wrong, after removing what came
 * @throws the signal's reason; what came until then is kept
 */
export async function downloadBlob(
  file: RemoteFile,
  model: RemoteModel,
  options: DownloadOptions,
): Promise<void> {
  const blob = blobPath(options.blobs, file);
  if (existsSync(blob)) return;
  await mkdir(options.blobs, { recursive: true });
  const partial = partialPath(blob);
  const digest = await completePartial(partial, file, model, options);
  if (digest !== file.hash.digest) {
    await rm(partial, { force: true });
    throw new HubError(
      `${file.name} came with the ${file.hash.algorithm} ${digest}, but ${model.id.name} lists ${file.hash.digest}. It is deleted; pull again.`,
    );
  }
  await rename(partial, blob);
}

/** @returns the digest of the whole file */
async function completePartial(
  path: string,
  file: RemoteFile,
  model: RemoteModel,
  options: DownloadOptions,
): Promise<string> {
  await using handle = await open(path, 'a');
  const partial = new Partial(handle, file);
  await partial.takeUp(path);
  let before = partial.bytes;
  const attempt = async () => {
    before = partial.bytes;
    await readOn(partial, model, options);
  };
  await persist(attempt, options, () => partial.bytes > before);
  await handle.datasync(); // so that no blob is left empty when the power goes
  return partial.digest();
}

async function readOn(
  partial: Partial,
  model: RemoteModel,
  { onBytes, signal }: DownloadOptions,
): Promise<void> {
  const { file } = partial;
  if (partial.bytes === file.bytes) return;
  const beginAnew = async () => {
    onBytes(-partial.bytes);
    await partial.beginAnew();
  };
  const response = await model.read(file, partial.bytes).catch(async (error: HubError) => {
    if (partial.bytes === 0 || error.status !== 416) throw error;
    await beginAnew(); // the server has no such range
    return model.read(file, 0);
  });
  if (partial.bytes > 0 && response.status !== 206) await beginAnew(); // the server sends it from its start
  try {
    for await (const chunk of response.body ?? []) {
      await partial.append(chunk);
      onBytes(chunk.length);
      if (partial.bytes > file.bytes) return; // another file than was listed: its hash will tell
    }
  } catch (error) {
    signal.throwIfAborted();
    if (!(error instanceof TypeError)) throw error; // what fetch throws when a connection breaks
    throw brokenOff(partial, error);
  }
  if (partial.bytes < file.bytes) throw brokenOff(partial);
}

function brokenOff({ file, bytes }: Partial, cause?: unknown): HubError {
  return new HubError(
    `The connection broke at byte ${bytes} of ${file.bytes} of ${file.name}. Pull again to go on from there.`,
    { transient: true, cause },
  );
}

/** A file as far as it has come, with the hash of what is there. */
class Partial {
  readonly file: RemoteFile;
  bytes = 0;
  readonly #handle: FileHandle;
  #hash: Hash;

  /** @param handle opened for appending */
  constructor(handle: FileHandle, file: RemoteFile) {
    this.#handle = handle;
    this.file = file;
    this.#hash = startHash(file);
  }

  /** Goes on after what an earlier attempt left. */
  async takeUp(path: string): Promise<void> {
    const { size } = await this.#handle.stat();
    if (size > this.file.bytes) return this.beginAnew();
    for await (const chunk of createReadStream(path, { end: size })) this.#hash.update(chunk);
    this.bytes = size;
  }

  async beginAnew(): Promise<void> {
    await this.#handle.truncate(0);
    this.#hash = startHash(this.file);
    this.bytes = 0;
  }

  async append(chunk: Uint8Array): Promise<void> {
    await this.#handle.appendFile(chunk);
    this.#hash.update(chunk);
    this.bytes += chunk.length;
  }

  digest(): string {
    return this.#hash.digest('hex');
  }
}

function startHash({ hash, bytes }: RemoteFile): Hash {
  const started = createHash(hash.algorithm);
  return hash.algorithm === 'sha1' ? started.update(`blob ${bytes}\0`) : started;
}

const partialPath = (blob: string) => blob + PARTIAL;
