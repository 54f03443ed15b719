// One process at a time works on a model in the cache: the lock is SQLite's on an empty file, which the system gives
// back however its holder ends.
import { join } from 'node:path';
import Database from 'libsql';
import { makeFolder } from '../../conversation/make-folder.ts';

export interface CacheLock {
  release(): void;
}

/** Undefined while another holds it. */
export function tryLock(cache: string, name: string): CacheLock | undefined {
  // The hub's own tools keep their locks in this folder, too, and look for no models there.
  const folder = join(cache, '.locks', ['models', ...name.split('/')].join('--'));
  makeFolder(folder);
  const database = new Database(join(folder, 'blipcord.sqlite'));
  try {
    database.exec('BEGIN EXCLUSIVE');
    return { release: () => void database.close() };
  } catch (error) {
    database.close();
    if ((error as { code?: string }).code !== 'SQLITE_BUSY') throw error;
    return undefined;
  }
}
