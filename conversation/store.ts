// Where everything that outlives the process is kept: opened from an address, handed out as Keyv by namespace.
import { resolve } from 'node:path';
import Keyv, { type DeserializedData, type KeyvStoreAdapter } from 'keyv';
import type Database from 'libsql';
import { StoreError } from './errors.ts';
import { isLocked, openDatabase } from './open-database.ts';
import { LOCKED, SqliteAccess } from './sqlite-access.ts';
import { createTable, SqliteStorage } from './sqlite-storage.ts';

export interface Store {
  /**
   * The same namespace always shows the same records. A failed read or write throws. What is written in one moment, in
   * whichever namespaces, is kept together or not at all.
   */
  namespace<Value>(name: string, options?: NamespaceOptions): Keyv<Value>;
  /** Leaves nothing legible of what was deleted, as the log of a database does for a while. @throws StoreError */
  scrub(): Promise<void>;
  close(): Promise<void>;
}

export interface NamespaceOptions {
  /** How long a record is kept after it was written; for ever by default. */
  readonly ttlMs?: number;
}

const UNUSABLE =
  'Check that the folder can be written; if the file is damaged, move it away and a new one is made.';
const KNOWN = 'sqlite://path/to/file, memory:';

/**
 * @param address `sqlite://path/to/file` (from the working folder, or absolute) or `memory:` (gone with the process)
 * @throws StoreError for another address, a folder that can't be written, or a file that is no database
 */
export function openStore(address: string): Store {
  if (address === 'memory:') return openMemory();
  const path = /^sqlite:\/\/(.+)$/.exec(address)?.[1];
  if (path) return openSqlite(resolve(path));
  throw new StoreError(`The store's address is "${address}". Use one of: ${KNOWN}.`);
}

function openMemory(): Store {
  const maps = new Map<string, Map<string, unknown>>();
  return {
    namespace: (name, options) => {
      const map = maps.get(name) ?? new Map<string, unknown>();
      maps.set(name, map);
      return keyv(map, name, options);
    },
    scrub: async () => {},
    close: async () => maps.clear(),
  };
}

function openSqlite(path: string): Store {
  const database = openOrExplain(path);
  const access = new SqliteAccess(database, path);
  return {
    namespace: (name, options) => keyv(new SqliteStorage(database, access), name, options),
    scrub: async () => {
      await access.settled();
      truncateLog(database, path);
    },
    close: async () => {
      await access.settled();
      if (database.open) database.close();
    },
  };
}

function openOrExplain(path: string): Database.Database {
  let database: Database.Database | undefined;
  try {
    database = openDatabase(path);
    database.pragma('user_version = 1'); // a write, so that a file that can't be written shows now
    createTable(database);
    checkPages(database);
    database.pragma('wal_autocheckpoint = 16000'); // four times as late: mostly Checkpoints was before it
    database.pragma('busy_timeout = 0'); // from here on SqliteAccess waits: SQLite's own waiting stops the event loop
    return database;
  } catch (error) {
    database?.close();
    const reason = error instanceof Error ? error.message : String(error);
    const remedy = isLocked(error) ? LOCKED : UNUSABLE;
    throw new StoreError(`Can't open the store ${path}: ${reason}. ${remedy}`, { cause: error });
  }
}

function truncateLog(database: Database.Database, path: string): void {
  try {
    database.pragma('wal_checkpoint(TRUNCATE)');
  } catch (error) {
    throw new StoreError(`The store ${path} failed: ${(error as Error).message}.`, { cause: error });
  }
}

/** Reads the file through, about a second a gigabyte: what is damaged is told now and not in the middle of some talk. */
function checkPages(database: Database.Database): void {
  const [first] = database.pragma('quick_check(1)') as { quick_check?: string }[];
  const found = first?.quick_check ?? 'it could not be checked';
  if (found !== 'ok') throw new Error(`the file is damaged (${found.split('\n').at(-1)})`);
}

function keyv<Value>(
  store: KeyvStoreAdapter | Map<string, unknown>,
  namespace: string,
  { ttlMs }: NamespaceOptions = {},
): Keyv<Value> {
  const records = new Keyv<Value>({
    store,
    namespace,
    throwOnErrors: true,
    ...(ttlMs !== undefined && { ttl: ttlMs }),
  });
  records.serialize = quickly(records.serialize);
  records.deserialize = orAsItIs(quicklyBack(records.deserialize));
  return records;
}

/** A text that begins with a colon: Keyv writes two in place of one, since one stands before bytes. */
const marked = /(?:^|[[:,])":/;

/** As Keyv does it, which takes four times as long as JSON alone. */
function quickly(serialize: Keyv['serialize']): Keyv['serialize'] {
  return (data) => {
    const text = JSON.stringify(data);
    return marked.test(text) ? (serialize?.(data) ?? text) : text;
  };
}

function quicklyBack(deserialize: Keyv['deserialize']): Keyv['deserialize'] {
  return (text) => (marked.test(text) ? deserialize?.(text) : JSON.parse(text));
}

/** What Keyv didn't write comes out as the text that it is, for whoever knows what should be there. */
function orAsItIs(deserialize: Keyv['deserialize']): Keyv['deserialize'] {
  return <Value>(text: string): DeserializedData<Value> => {
    const asItIs = { value: text as Value };
    try {
      const data: unknown = deserialize?.(text);
      return typeof data === 'object' && data !== null && 'value' in data ? (data as typeof asItIs) : asItIs;
    } catch {
      return asItIs;
    }
  };
}
