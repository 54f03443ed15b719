// A file that a local Discord is kept in, and what lies in it.
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Database from 'libsql';

/** Its path; the local Discord makes it. */
export const newFile = () => join(mkdtempSync(join(tmpdir(), 'blipcord-discord-')), 'discord.sqlite');

export function countsIn(file: string): object & { messages: number } {
  const database = new Database(file);
  const count = (from: string) =>
    Number(Reflect.get(Object(database.prepare(`SELECT count(*) AS n FROM ${from}`).get([])), 'n'));
  const counts = {
    messages: count("records WHERE kind = 'message'"),
    channels: count("records WHERE kind = 'channel'"),
    files: count('files'),
  };
  database.close();
  return counts;
}
