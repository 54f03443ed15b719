// A disk that is full, for some records alone.
import Database from 'libsql';

/** @param keys of records that can't be written, as SQL's LIKE has it */
export function refuse(path: string, keys: string): void {
  const database = new Database(path);
  database.exec(
    `CREATE TRIGGER refusal BEFORE INSERT ON records WHEN NEW.key LIKE '${keys}' ` +
      "BEGIN SELECT RAISE(ABORT, 'refused'); END",
  );
  database.close();
}
