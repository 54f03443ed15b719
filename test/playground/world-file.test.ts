// The file that the local Discord is kept in: what is made of a damaged one, of two programs, and of one that fails.
import { existsSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'libsql';
import { describe, expect, it } from 'vitest';
import { openWorldFile } from '../../src/playground/keep/world-file.ts';
import { startPlayground } from '../../src/playground/playground.ts';
import { startLocalDiscord } from '../support/local-discord.ts';
import { type RecordedLog, recordLog, silentLog } from '../support/logs.ts';
import { countsIn, newFile } from './kept-file.ts';

describe('a file of the local Discord', () => {
  it.each<[what: string, damage: (file: string) => void, reason: string]>([
    ['that is no database', (file) => writeFileSync(file, 'nonsense '.repeat(999)), 'file is not a database'],
    [
      "that is another program's",
      (file) => sql(file, 'CREATE TABLE songs (name TEXT)'),
      'another version or another program made it',
    ],
    [
      'with a record cut short',
      (file) => sql(file, `UPDATE records SET value = '{"id":' WHERE kind = 'channel'`),
      'JSON',
    ],
    [
      'with a record of another shape',
      (file) => sql(file, `UPDATE records SET value = '{"name":"x"}' WHERE kind = 'message'`),
      'its records are not those of this version',
    ],
    [
      'without the bot',
      (file) => sql(file, `DELETE FROM records WHERE kind = 'user'`),
      'the bot or its owner is missing in it',
    ],
  ])('%s is put aside with a sentence, and a new one begins', async (what, damage, reason) => {
    const file = newFile();
    if (/record|bot/.test(what)) {
      const before = await startPlayground({ port: 0, log: silentLog, file });
      before.discord.me.post('hello');
      await before.close();
    }
    damage(file);
    const log = recordLog();

    const playground = await startPlayground({ port: 0, log, file });
    const { discord } = playground;
    expect(discord.me.read()).toEqual([]);
    discord.me.post('hello again');
    await playground.close();

    const [aside = ''] = readdirSync(join(file, '..')).filter((name) =>
      /^discord\.damaged-\d+\.sqlite$/.test(name),
    );
    expect(log.lines).toEqual([
      expect.objectContaining({ level: 'warn', message: expect.stringContaining(reason) }),
    ]);
    expect(log.lines[0]?.message).toMatch(
      new RegExp(
        `^The local Discord in ${file} can't be read: .* It lies in .*/${aside} now, and a new one begins\\.$`,
      ),
    );
    expect(existsSync(join(file, '..', aside))).toBe(true);
  });

  it('belongs to one process at a time', async () => {
    const file = newFile();
    await startLocalDiscord({ file });
    await expect(startPlayground({ port: 0, log: silentLog, file })).rejects.toThrow(
      `Another blipcord has the local Discord in ${file} open. End that one, or name another file in BLIPCORD_STORE.`,
    );
  });

  it('that can not be made says where, and what to do', async () => {
    const folder = join(newFile(), '..');
    writeFileSync(join(folder, 'file'), '');
    const file = join(folder, 'file', 'discord.sqlite');
    await expect(startPlayground({ port: 0, log: silentLog, file })).rejects.toThrow(
      /^The local Discord can't be kept in .*file\/discord\.sqlite \(.*\)\. Check that the folder can be written, or set BLIPCORD_STORE to memory: to keep nothing\.$/,
    );
  });

  it('that can no longer be written is reported once, and what failed is written later', async () => {
    const file = newFile();
    const log = recordLog();
    const playground = await startPlayground({ port: 0, log, file });
    const {
      me,
      world: { messages },
    } = playground.discord;
    const lost = me.post('can not be written');
    const setExtra = (extra: unknown) =>
      Object.assign(messages.get(lost.channel_id)?.get(lost.id)?.message ?? {}, { extra });
    setExtra(1n); // no JSON
    await Promise.resolve();
    me.post('waits');
    await Promise.resolve();
    expect(errorsIn(log)).toHaveLength(1);
    setExtra(undefined);
    me.post('takes both along');
    await Promise.resolve();
    setExtra(1n);
    me.edit(lost, 'can not be written again');
    setExtra(1n);
    await Promise.resolve();
    expect(errorsIn(log)).toHaveLength(2);
    await playground.close();
    expect(errorsIn(log)[0]).toContain('a restart would lose it');
    expect(countsIn(file).messages).toBe(3);
  });

  it('takes all that one request changes, or nothing', () => {
    const file = openWorldFile(newFile());
    const good = { kind: 'message', id: '1', value: 'good' };
    expect(() => file.write([good, { kind: 'message', id: '2', value: 1n }])).toThrow();
    expect(file.read('message')).toEqual([]);
    file.write([good]);
    expect(file.read('message')).toEqual(['good']);
    file.close();
  });
});

function errorsIn({ lines }: RecordedLog): string[] {
  return lines.filter(({ level }) => level === 'error').map(({ message }) => message);
}

function sql(file: string, statement: string): void {
  const database = new Database(file);
  database.exec(statement);
  database.close();
}
