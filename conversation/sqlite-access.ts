// How a SQLite file is read and written beside everything else: locks of others are waited for without stopping the
// event loop, and what is written in the same moment is one transaction.
import { setTimeout as delay } from 'node:timers/promises';
import type Database from 'libsql';
import { Checkpoints } from './checkpoints.ts';
import { StoreError } from './errors.ts';
import { isLocked } from './open-database.ts';

/** What to do about a lock that isn't given up. */
export const LOCKED =
  'Another program keeps it locked: close that program, such as a database browser or a second bot.';
const FAILED =
  'See that its disk has room and can be written; ' +
  'if the file is damaged, stop the bot, move it away and start again: a new one is made.';

/** How long a lock of somebody else's is waited for, and how often it is tried. */
const PATIENCE_MS = 5_000;
const RETRY_MS = 25;

interface Write {
  readonly change: () => unknown;
  readonly resolve: (result: never) => void;
  readonly reject: (error: unknown) => void;
}

export class SqliteAccess {
  readonly #database: Database.Database;
  readonly #path: string;
  readonly #checkpoints: Checkpoints;
  #waiting: Write[] = [];
  #writing: Promise<void> | undefined;

  /** @param path for the messages of errors */
  constructor(database: Database.Database, path: string) {
    this.#database = database;
    this.#path = path;
    this.#checkpoints = new Checkpoints(path);
  }

  /** Of what is committed. @throws StoreError with SQLite's reason */
  async read<T>(look: () => T): Promise<T> {
    return this.#attempt(look);
  }

  /**
   * Resolves when the change is committed, with all others that are asked for before the event loop goes on: a kill
   * leaves all of them or none.
   * @param change is done again where a lock was in the way
   * @throws StoreError with SQLite's reason
   */
  async write<T>(change: () => T): Promise<T> {
    return new Promise<T>((resolve, reject) => {
      this.#waiting.push({ change, resolve, reject });
      this.#writing ??= this.#writeAll().finally(() => {
        this.#writing = undefined;
      });
    });
  }

  /** Resolves when all is written that was asked for before, and no other connection of ours is open. */
  async settled(): Promise<void> {
    await endOfMoment();
    await this.#writing;
    await this.#checkpoints.settled();
  }

  async #writeAll(): Promise<void> {
    await endOfMoment();
    while (this.#waiting.length > 0) await this.#writeTogether(this.#waiting.splice(0));
  }

  async #writeTogether(writes: readonly Write[]): Promise<void> {
    try {
      const results = await this.#attempt(() => this.#transact(writes));
      this.#checkpoints.count();
      for (const [index, { resolve }] of writes.entries()) resolve(results[index] as never);
    } catch (error) {
      for (const { reject } of writes) reject(error);
    }
  }

  #transact(writes: readonly Write[]): unknown[] {
    if (writes.length === 1) return writes.map(({ change }) => change());
    this.#database.exec('BEGIN IMMEDIATE');
    try {
      const results = writes.map(({ change }) => change());
      this.#database.exec('COMMIT');
      return results;
    } catch (error) {
      // After some failures SQLite has rolled it back already.
      if (this.#database.inTransaction) this.#database.exec('ROLLBACK');
      throw error;
    }
  }

  async #attempt<T>(access: () => T): Promise<T> {
    const giveUpAt = Date.now() + PATIENCE_MS;
    while (true) {
      try {
        return access();
      } catch (error) {
        if (!isLocked(error) || Date.now() >= giveUpAt) throw this.#failure(error);
        await delay(RETRY_MS);
      }
    }
  }

  #failure(error: unknown): StoreError {
    const reason = error instanceof Error ? error.message : String(error);
    const remedy = isLocked(error) ? LOCKED : FAILED;
    return new StoreError(`The store ${this.#path} failed: ${reason}. ${remedy}`, { cause: error });
  }
}

/** When all that is under way waits for something else: changes that begin together take different numbers of steps. */
function endOfMoment(): Promise<void> {
  return new Promise((resolve) => process.nextTick(resolve));
}
