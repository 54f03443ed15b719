// SQLite files, opened so that a killed process leaves every committed write, and no half of one.
import { existsSync, statSync } from 'node:fs';
import { dirname } from 'node:path';
import Database from 'libsql';
import { makeFolder } from './make-folder.ts';

export interface DatabaseOptions {
  /** No other process may open the file meanwhile; the lock ends with the process, however that ends. */
  readonly exclusive?: boolean;
}

/** Makes the file and its folder where they are absent. @throws what the file system or SQLite says against it */
export function openDatabase(path: string, { exclusive = false }: DatabaseOptions = {}): Database.Database {
  makeFolder(dirname(path));
  if (existsSync(path) && !statSync(path).isFile()) throw new Error('it is no regular file');
  const database = new Database(path);
  try {
    if (exclusive) database.pragma('locking_mode = EXCLUSIVE');
    database.pragma('busy_timeout = 1000');
    database.pragma('journal_mode = WAL');
    database.pragma('synchronous = NORMAL');
    // Pages (4 KiB) until the log is copied into the file: that waits for the disk, and with it the event loop.
    database.pragma('wal_autocheckpoint = 4000');
    database.pragma('secure_delete = ON'); // what is deleted stays legible in the file otherwise
    return database;
  } catch (error) {
    database.close();
    throw error;
  }
}

/** Whether somebody else's lock was in the way: it may be gone a moment later. */
export function isLocked(error: unknown): boolean {
  return error instanceof Database.SqliteError && error.code.startsWith('SQLITE_BUSY');
}
