// Where everything that outlives the process is kept: opened from an address, handed out as Keyv by namespace.
import { resolve } from 'node:path';
import Keyv, { type KeyvStoreAdapter } from 'keyv';
import type Database from 'libsql';
import { StoreError } from './errors.ts';
import { openDatabase } from './open-database.ts';
import { createTable, SqliteStorage } from './sqlite-storage.ts';

export interface Store {
  /** The same namespace always shows the same records. A failed read or write throws. */
  namespace<Value>(name: string, options?: NamespaceOptions): Keyv<Value>;
  close(): Promise<void>;
}

export interface NamespaceOptions {
  /** How long a record is kept after it was written; for ever by default. */
  readonly ttlMs?: number;
}

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
    close: async () => maps.clear(),
  };
}

function openSqlite(path: string): Store {
  const database = openOrExplain(path);
  return {
    namespace: (name, options) => keyv(new SqliteStorage(database), name, options),
    close: async () => {
      if (database.open) database.close();
    },
  };
}

function openOrExplain(path: string): Database.Database {
  try {
    const database = openDatabase(path);
    database.pragma('user_version = 1'); // a write, so that a file that can't be written shows now
    createTable(database);
    return database;
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new StoreError(
      `Can't open the store ${path}: ${reason}. ` +
        'Check that the folder can be written; if the file is damaged, move it away and a new one is made.',
      { cause: error },
    );
  }
}

function keyv<Value>(
  store: KeyvStoreAdapter | Map<string, unknown>,
  namespace: string,
  { ttlMs }: NamespaceOptions = {},
): Keyv<Value> {
  return new Keyv<Value>({
    store,
    namespace,
    throwOnErrors: true,
    ...(ttlMs !== undefined && { ttl: ttlMs }),
  });
}
