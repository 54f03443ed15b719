// SQLite's log is copied into its file by a connection of its own, in libsql's threads: that waits for the disk, half a
// second where others use it, and the event loop would wait with the connection that writes.
import Database from 'libsql/promise';

/** Some eight megabytes, mostly. */
const transactionsBetween = 1_000;

export class Checkpoints {
  readonly #path: string;
  #written = 0;
  #copying: Promise<void> | undefined;

  constructor(path: string) {
    this.#path = path;
  }

  /** To be called after each transaction. */
  count(): void {
    this.#written += 1;
    if (this.#written < transactionsBetween || this.#copying) return;
    this.#written = 0;
    this.#copying = this.#copy().finally(() => {
      this.#copying = undefined;
    });
  }

  /** Resolves when nothing is being copied. */
  async settled(): Promise<void> {
    await this.#copying;
  }

  async #copy(): Promise<void> {
    try {
      const database = new Database(this.#path, {});
      try {
        await database.exec('PRAGMA wal_checkpoint(PASSIVE)');
        // What came meanwhile: the log begins anew only where nothing of it is left.
        await database.exec('PRAGMA wal_checkpoint(PASSIVE)');
      } finally {
        database.close();
      }
    } catch {
      // Nothing is lost: what stays in the log is copied the next time, or by SQLite itself when that grows long.
    }
  }
}
