// The SQLite file that holds the local Discord between one start and the next: a record for each thing in it, as JSON
// in the order in which they came to be, and the bytes of attachments.
import type Database from 'libsql';
import { openDatabase } from '../../../conversation/open-database.ts';
import type { FileShelf } from '../state/files.ts';

export interface Change {
  readonly kind: string;
  readonly id: string;
  /** Undefined for what is gone. */
  readonly value: unknown;
}

export interface WorldFile {
  /** The records of a kind, oldest first. */
  read(kind: string): unknown[];
  /** All of it, or nothing where it fails. */
  write(changes: readonly Change[]): void;
  readonly shelf: FileShelf;
  /** How many bytes each file on the shelf has, oldest first. */
  sizes(): (readonly [attachmentId: string, bytes: number])[];
  close(): void;
}

/** Raised when the records of an older version can't be read any more. */
const format = 1;

/** @throws what SQLite says against it, or when the file is another program's */
export function openWorldFile(path: string): WorldFile {
  const database = openDatabase(path, { exclusive: true });
  try {
    createTables(database);
    return over(database);
  } catch (error) {
    unlock(database);
    throw error;
  }
}

function createTables(database: Database.Database): void {
  const isNew = database.prepare('SELECT name FROM sqlite_master').all([]).length === 0;
  const found: unknown = Reflect.get(Object(database.prepare('PRAGMA user_version').get([])), 'user_version');
  if (!isNew && found !== format) throw new Error('another version or another program made it');
  database.exec(`
    BEGIN;
    CREATE TABLE IF NOT EXISTS records
      (kind TEXT NOT NULL, id TEXT NOT NULL, value TEXT NOT NULL, UNIQUE (kind, id)) STRICT;
    CREATE TABLE IF NOT EXISTS files
      (id TEXT NOT NULL UNIQUE, name TEXT NOT NULL, type TEXT NOT NULL, bytes BLOB NOT NULL) STRICT;
    PRAGMA user_version = ${format};
    COMMIT;
  `);
}

function over(database: Database.Database): WorldFile {
  const read = database.prepare('SELECT value FROM records WHERE kind = ? ORDER BY rowid');
  const put = database.prepare(
    'INSERT INTO records (kind, id, value) VALUES (?, ?, ?) ON CONFLICT DO UPDATE SET value = excluded.value',
  );
  const remove = database.prepare('DELETE FROM records WHERE kind = ? AND id = ?');
  const sizes = database.prepare('SELECT id, length(bytes) AS size FROM files ORDER BY rowid');
  const apply = database.transaction((changes: readonly Change[]) => {
    for (const { kind, id, value } of changes) {
      if (value === undefined) remove.run([kind, id]);
      else put.run([kind, id, JSON.stringify(value)]);
    }
  });
  return {
    read: (kind) => (read.all([kind]) as { value: string }[]).map(({ value }) => JSON.parse(value)),
    write: (changes) => void apply(changes),
    shelf: shelfIn(database),
    sizes: () => (sizes.all([]) as { id: string; size: number }[]).map(({ id, size }) => [id, size]),
    close: () => unlock(database),
  };
}

/** libsql lets go of a file only when its statements are collected, so the lock is given up first, by a read. */
function unlock(database: Database.Database): void {
  if (!database.open) return;
  database.pragma('journal_mode = DELETE');
  database.pragma('locking_mode = NORMAL');
  database.prepare('SELECT count(*) FROM sqlite_master').get([]);
  database.close();
}

function shelfIn(database: Database.Database): FileShelf {
  const get = database.prepare('SELECT name, type, bytes FROM files WHERE id = ?');
  const put = database.prepare('INSERT INTO files (id, name, type, bytes) VALUES (?, ?, ?, ?)');
  const remove = database.prepare('DELETE FROM files WHERE id = ?');
  return {
    get(id) {
      const row = get.get([id]) as { name: string; type: string; bytes: Buffer } | undefined;
      return row && { name: row.name, contentType: row.type, bytes: row.bytes };
    },
    set: (id, { name, contentType, bytes }) => put.run([id, name, contentType, Buffer.from(bytes)]),
    delete: (id) => remove.run([id]),
  };
}
