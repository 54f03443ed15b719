// A Keyv storage adapter over one table of a SQLite file.
import { EventEmitter } from 'node:events';
import { setImmediate } from 'node:timers/promises';
import type { KeyvStoreAdapter } from 'keyv';
import type Database from 'libsql';
import type { SqliteAccess } from './sqlite-access.ts';

const PAGE = 100;
const HOUR_MS = 60 * 60 * 1000;

/** To be called once before a storage is made on a database. */
export function createTable(database: Database.Database): void {
  database.exec(
    'CREATE TABLE IF NOT EXISTS records (key TEXT PRIMARY KEY, value TEXT NOT NULL, expires INTEGER) STRICT',
  );
}

/** Keys come with their namespace and a colon before them. */
export class SqliteStorage extends EventEmitter implements KeyvStoreAdapter {
  readonly opts = { dialect: 'sqlite' }; // by this name Keyv knows that the adapter iterates
  namespace?: string | undefined;
  readonly #access: SqliteAccess;
  readonly #statements: ReturnType<typeof prepare>;
  #nextPurgeAt = 0;

  /** @param access to the same database, shared by all storages over it */
  constructor(database: Database.Database, access: SqliteAccess) {
    super();
    this.#access = access;
    this.#statements = prepare(database);
  }

  async get<Value>(key: string): Promise<Value | undefined> {
    const row = await this.#access.read(() => this.#statements.get.get([key, Date.now()]));
    return isRow(row) ? (row.value as Value) : undefined;
  }

  async set(key: string, value: unknown, ttl?: number): Promise<void> {
    await this.#access.write(() => {
      this.#purgeNowAndThen();
      this.#statements.set.run([key, value, ttl === undefined ? null : Date.now() + ttl]);
    });
  }

  async delete(key: string): Promise<boolean> {
    return this.#access.write(() => this.#statements.delete.run([key]).changes > 0);
  }

  async clear(): Promise<void> {
    await this.#access.write(() => this.#statements.clear.run(keyRange(this.namespace)));
  }

  async *iterator<Value>(namespace?: string): AsyncGenerator<Array<string | Awaited<Value>>, void> {
    let [after, end] = keyRange(namespace);
    while (true) {
      const page = await this.#access.read(() => this.#statements.page.all([after, end, Date.now(), PAGE]));
      const rows = page.filter(isRow);
      for (const { key, value } of rows) yield [key, value as Awaited<Value>];
      const last = rows.at(-1);
      if (!last || rows.length < PAGE) return;
      await setImmediate(); // a page takes about a millisecond: let the event loop breathe between them
      after = last.key;
    }
  }

  /** Keyv deletes what it finds expired; what nobody asks for again goes here. */
  #purgeNowAndThen(): void {
    const now = Date.now();
    if (now < this.#nextPurgeAt) return;
    this.#statements.purge.run([now]);
    this.#nextPurgeAt = now + HOUR_MS;
  }
}

function prepare(database: Database.Database) {
  return {
    get: database.prepare(
      'SELECT key, value FROM records WHERE key = ? AND (expires IS NULL OR expires >= ?)',
    ),
    set: database.prepare(
      'INSERT INTO records (key, value, expires) VALUES (?, ?, ?) ' +
        'ON CONFLICT (key) DO UPDATE SET value = excluded.value, expires = excluded.expires',
    ),
    delete: database.prepare('DELETE FROM records WHERE key = ?'),
    clear: database.prepare('DELETE FROM records WHERE key > ? AND key < ?'),
    purge: database.prepare('DELETE FROM records WHERE expires < ?'),
    page: database.prepare(
      'SELECT key, value FROM records WHERE key > ? AND key < ? AND (expires IS NULL OR expires >= ?) ' +
        'ORDER BY key LIMIT ?',
    ),
  };
}

/** Keys of a namespace lie between `name:` and `name;`, since the semicolon follows the colon. */
function keyRange(namespace: string | undefined): [string, string] {
  return namespace ? [`${namespace}:`, `${namespace};`] : ['', '\u{10ffff}'];
}

function isRow(row: unknown): row is { key: string; value: string } {
  return typeof row === 'object' && row !== null && 'key' in row && 'value' in row;
}
