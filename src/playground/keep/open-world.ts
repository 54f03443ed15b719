// Opens the world that a file holds, or begins a new one in it. A file that can't be read is put aside, not lost.
import { randomBytes } from 'node:crypto';
import { existsSync, renameSync } from 'node:fs';
import { parse } from 'node:path';
import type { Logger } from '../../../models/logger.ts';
import { PlaygroundError } from '../playground-error.ts';
import { createWorld, type WorldOptions } from '../state/create-world.ts';
import { createFileStore } from '../state/files.ts';
import type { World } from '../state/world.ts';
import { keepWorld, wholeWorld } from './keep-world.ts';
import { readWorld } from './saved-world.ts';
import { openWorldFile, type WorldFile } from './world-file.ts';

export interface OpenWorld {
  readonly world: World;
  close(): void;
}

export interface OpenWorldOptions extends Omit<WorldOptions, 'files'> {
  /** Where it is kept; without one it lives in memory. */
  readonly file: string | undefined;
  readonly log: Logger;
}

/** @throws PlaygroundError when another process has the file, or when it can't be written */
export function openWorld({ file: path, log, ...options }: OpenWorldOptions): OpenWorld {
  if (path === undefined) return { world: createWorld(options), close: () => undefined };
  try {
    return openKept(path, options, log);
  } catch (error) {
    if (isAboutPlace(error)) throw explained(path, error);
    const aside = putAside(path);
    log.warn(
      {},
      `The local Discord in ${path} can't be read: ${reasonOf(error)}. It lies in ${aside} now, and a new one begins.`,
    );
    return openKept(path, options, log);
  }
}

function openKept(path: string, options: WorldOptions, log: Logger): OpenWorld {
  const file = openWorldFile(path);
  try {
    const files = createFileStore({
      limits: options.limits,
      shelf: file.shelf,
      sizes: file.sizes(),
      secret: secretOf(file),
    });
    const known = readWorld(file, { ...options, files });
    const world = known ?? createWorld({ ...options, files });
    if (known === undefined) file.write(wholeWorld(world));
    else dropStrayFiles(world, file);
    const stopKeeping = keepWorld(world, file, log);
    return {
      world,
      close() {
        stopKeeping();
        file.close();
      },
    };
  } catch (error) {
    file.close();
    throw error;
  }
}

function secretOf(file: WorldFile): Buffer {
  const [known] = file.read('secret');
  const secret = typeof known === 'string' ? known : randomBytes(32).toString('hex');
  if (known === undefined) file.write([{ kind: 'secret', id: '', value: secret }]);
  return Buffer.from(secret, 'hex');
}

/** Files that came with a command, and those whose message was never written. */
function dropStrayFiles(world: World, file: WorldFile): void {
  const messages = [...world.messages.values()].flatMap((inChannel) => [...inChannel.values()]);
  const wanted = new Set(messages.flatMap(({ message }) => message.attachments.map(({ id }) => id)));
  for (const [id] of file.sizes()) if (!wanted.has(id)) world.files.drop(id);
}

/** Renames the file and what SQLite keeps beside it. */
function putAside(path: string): string {
  const { dir, name, ext } = parse(path);
  const aside = `${dir}/${name}.damaged-${new Date().toISOString().replaceAll(/\D/g, '').slice(0, 14)}${ext}`;
  for (const suffix of ['', '-wal', '-shm']) {
    if (existsSync(path + suffix)) renameSync(path + suffix, aside + suffix);
  }
  return aside;
}

/** Nothing is wrong with what the file holds. Where a file can't be opened, libsql's error has an empty code. */
function isAboutPlace(error: unknown): boolean {
  const { code } = error as { code?: unknown };
  return /^(|E[A-Z]+|SQLITE_(BUSY|CANTOPEN|FULL|IOERR|LOCKED|PERM|READONLY).*)$/.test(String(code));
}

function explained(path: string, error: unknown): PlaygroundError {
  const { code } = error as { code?: unknown };
  const text =
    code === 'SQLITE_BUSY'
      ? `Another blipcord has the local Discord in ${path} open. End that one, or name another file in BLIPCORD_STORE.`
      : `The local Discord can't be kept in ${path} (${reasonOf(error)}). Check that the folder can be written, or set BLIPCORD_STORE to memory: to keep nothing.`;
  return new PlaygroundError(text, { cause: error });
}

function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  return error.name === 'ZodError' ? 'its records are not those of this version' : error.message;
}
