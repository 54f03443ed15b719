// One process at a time works on a model: the lock is SQLite's on an empty file, which the system gives back however
// its holder ends.
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'libsql';
import { makeFolder } from '../../conversation/make-folder.ts';
import { pulledFolder } from '../../models/checkpoint/pulled-folder.ts';

export interface CacheLock {
  release(): void;
}

/** Undefined while another holds it. */
export function tryLock(cache: string, name: string): CacheLock | undefined {
  // The hub's own tools keep their locks in this folder, too, and look for no models there.
  const folder = join(cache, '.locks', ['models', ...name.split('/')].join('--'));
  makeFolder(folder);
  return lockFile(join(folder, 'blipcord.sqlite'));
}

/**
 * Of a folder that was pulled, the pull's; else a file in the folder itself, which goes with the lock. Where none can be
 * made, as in a folder that is only read, there is none: whoever writes there says what is wrong.
 */
export function tryLockFolder(folder: string): CacheLock | undefined {
  try {
    const pulled = pulledFolder(folder);
    return pulled === undefined ? lockPlainFolder(folder) : tryLock(pulled.cache, pulled.name);
  } catch {
    return { release: () => {} };
  }
}

function lockPlainFolder(folder: string): CacheLock | undefined {
  const file = join(folder, '.blipcord-lock.sqlite');
  const lock = lockFile(file);
  if (lock === undefined) return undefined;
  const release = () => {
    lock.release();
    rmSync(file, { force: true });
  };
  return { release };
}

function lockFile(file: string): CacheLock | undefined {
  const database = new Database(file);
  try {
    database.exec('BEGIN EXCLUSIVE');
    return { release: () => void database.close() };
  } catch (error) {
    database.close();
    if ((error as { code?: string }).code !== 'SQLITE_BUSY') throw error;
    return undefined;
  }
}
