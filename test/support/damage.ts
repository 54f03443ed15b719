// A store whose file is damaged in its middle, as by a failing disk.
import { open } from 'node:fs/promises';
import Database from 'libsql';
import { openStore } from '../../conversation/store.ts';

const pageBytes = 4_096;

export async function damage(path: string): Promise<void> {
  const store = openStore(`sqlite://${path}`);
  const records = store.namespace('records');
  for (let i = 0; i < 40; i += 1) await records.set(String(i), 'x'.repeat(pageBytes));
  await store.close();
  const database = new Database(path);
  database.pragma('wal_checkpoint(TRUNCATE)'); // what is in the log as well would be taken from there
  database.close();
  const file = await open(path, 'r+');
  await file.write(Buffer.alloc(10 * pageBytes, 0xab), 0, undefined, 4 * pageBytes);
  await file.close();
}
