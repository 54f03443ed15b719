import { mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setImmediate } from 'node:timers/promises';
import Keyv from 'keyv';
import Database from 'libsql';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { StoreError } from '../../conversation/errors.ts';
import { openStore, type Store } from '../../conversation/store.ts';
import { damage } from '../support/damage.ts';
import { refuse } from './refuse.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'blipcord-store-'));
});
afterEach(() => {
  vi.useRealTimers();
  rmSync(folder, { recursive: true, force: true });
});

describe.each(['memory:', 'sqlite://FOLDER/deep/er/blipcord.sqlite'])('a store at %s', (address) => {
  let store: Store;
  beforeEach(() => {
    store = openStore(address.replace('FOLDER', folder));
  });
  afterEach(() => store.close());

  it('gives back what was set, whole and unchanged', async () => {
    const value = { text: 'ein "Bild" 🦀\n\0', list: [1, null, { deep: true }], none: null };
    const records = store.namespace('a');
    await records.set('1', { text: 'before' });
    await records.set('1', value);
    expect(await records.get('1')).toEqual(value);
    expect(await records.get('2')).toBeUndefined();
    expect(await records.has('1')).toBe(true);
    expect(await records.has('2')).toBe(false);
    expect(await records.getMany(['1', '2'])).toEqual([value, undefined]);
  });

  it('gives back texts that begin with colons as they are, also those that Keyv wrote by itself', async () => {
    const kept = { text: ':smile: who?', list: ['::', 'a:":b'], ':key': ':base64:', plain: 'fine' };
    const records = store.namespace('a');
    await records.set('1', kept);
    expect(await records.get('1')).toEqual(kept);
    const { serialize } = new Keyv();
    expect(await records.serialize?.({ value: kept })).toBe(await serialize?.({ value: kept }));
  });

  it('shows the same records to all who ask for the same namespace', async () => {
    await store.namespace('a').set('1', 'one');
    expect(await store.namespace('a').get('1')).toBe('one');
  });

  it('keeps namespaces apart, also when one begins like another', async () => {
    const [a, ab] = [store.namespace('a'), store.namespace('ab')];
    await a.set('1', 'of a');
    await ab.set('1', 'of ab');
    await a.clear();
    expect(await a.get('1')).toBeUndefined();
    expect(await ab.get('1')).toBe('of ab');
  });

  it('deletes one record, or several, and tells whether there was one', async () => {
    const records = store.namespace('a');
    await records.set('1', 'one');
    await records.set('2', 'two');
    await records.set('3', 'three');
    expect(await records.delete('1')).toBe(true);
    expect(await records.delete('1')).toBe(false);
    await records.delete(['2', '3']);
    expect(await records.getMany(['1', '2', '3'])).toEqual([undefined, undefined, undefined]);
  });

  it('forgets a record when its time is over', async () => {
    vi.useFakeTimers({ toFake: ['Date'] });
    const records = store.namespace('short', { ttlMs: 1000 });
    await records.set('1', 'one');
    await records.set('2', 'two', 5000);
    vi.setSystemTime(Date.now() + 1000);
    expect(await records.get('1')).toBe('one');
    vi.setSystemTime(Date.now() + 1);
    expect(await records.get('1')).toBeUndefined();
    expect(await records.has('1')).toBe(false);
    expect(await records.get('2')).toBe('two');
  });

  it('goes through all records of its namespace and no other', async () => {
    const records = store.namespace('a');
    const keys = Array.from({ length: 250 }, (_, i) => `key ${i}`);
    for (const key of keys) await records.set(key, `value of ${key}`);
    await store.namespace('b').set('other', 'other');
    const found = new Map<string, unknown>();
    for await (const [key, value] of records.iterator?.(undefined) ?? []) found.set(key, value);
    expect(found.size).toBe(250);
    expect(new Set(found.keys())).toEqual(new Set(keys));
    expect(found.get('key 249')).toBe('value of key 249');
  });
});

describe('a SQLite store', () => {
  it('still has its records when it is opened again', async () => {
    const address = `sqlite://${folder}/blipcord.sqlite`;
    const before = openStore(address);
    await before.namespace('a').set('1', 'one');
    await before.close();
    const after = openStore(address);
    expect(await after.namespace('a').get('1')).toBe('one');
    await after.close();
  });

  it('keeps what is written in one moment together or not at all, in whichever namespaces', async () => {
    const store = openStore(`sqlite://${folder}/blipcord.sqlite`);
    const [a, b] = [store.namespace('a'), store.namespace('b')];
    refuse(`${folder}/blipcord.sqlite`, 'b:refused');
    const written = await Promise.allSettled([
      a.set('1', 'one'),
      b.set('refused', 'two'),
      a.set('3', 'three'),
    ]);
    expect(written.map(({ status }) => status)).toEqual(['rejected', 'rejected', 'rejected']);
    expect(keysIn(`${folder}/blipcord.sqlite`)).toEqual([]);
    await a.set('4', 'four');
    expect(keysIn(`${folder}/blipcord.sqlite`)).toEqual(['a:4']);
    await store.close();
  });

  it('copies its log into the file beside its other work, long before SQLite would', async () => {
    const path = `${folder}/blipcord.sqlite`;
    const store = openStore(`sqlite://${path}`);
    const records = store.namespace('a');
    const emptyBytes = statSync(path).size;
    for (let i = 0; i < 1_000; i++) await records.set(`${i}`, 'x'.repeat(1_000));
    await expect.poll(() => statSync(path).size).toBeGreaterThan(emptyBytes + 1_000_000);
    expect(await records.get('999')).toBe('x'.repeat(1_000));
    await store.close();
  });

  it('writes what still waits before it closes', async () => {
    const store = openStore(`sqlite://${folder}/blipcord.sqlite`);
    const records = store.namespace('a');
    const written = Promise.all([records.set('1', 'one'), records.set('2', 'two')]);
    await store.close();
    await written;
    expect(keysIn(`${folder}/blipcord.sqlite`)).toEqual(['a:1', 'a:2']);
  });

  it('removes what expired from the file, even if nobody asks for it again', async () => {
    vi.useFakeTimers({ toFake: ['Date'] });
    const store = openStore(`sqlite://${folder}/blipcord.sqlite`);
    const records = store.namespace('short', { ttlMs: 1000 });
    await records.set('1', 'one');
    vi.setSystemTime(Date.now() + 2 * 60 * 60 * 1000);
    await records.set('2', 'two');
    expect(keysIn(`${folder}/blipcord.sqlite`)).toEqual(['short:2']);
    await store.close();
  });

  it('throws when a record can be neither written nor read, with the remedy', async () => {
    const store = openStore(`sqlite://${folder}/blipcord.sqlite`);
    const records = store.namespace('a');
    const other = new Database(`${folder}/blipcord.sqlite`);
    other.exec('DROP TABLE records');
    other.close();
    await expect(records.set('1', 'one')).rejects.toThrow(StoreError);
    await expect(records.get('1')).rejects.toThrow(
      /^The store .*blipcord\.sqlite failed: no such table: records\. See that its disk has room/,
    );
    await store.close();
  });
});

describe('a SQLite store that another program has locked', () => {
  let store: Store;
  let other: Database.Database;
  beforeEach(() => {
    store = openStore(`sqlite://${folder}/blipcord.sqlite`);
    other = new Database(`${folder}/blipcord.sqlite`);
    other.exec('BEGIN IMMEDIATE');
  });
  afterEach(async () => {
    other.close();
    await store.close();
  });

  it('waits for it while everything else goes on', async () => {
    const records = store.namespace('a');
    const written = records.set('1', 'one');
    setTimeout(() => other.exec('ROLLBACK'), 50);
    await written;
    expect(await records.get('1')).toBe('one');
  });

  it('says after some seconds that it is locked, and what to do', async () => {
    vi.useFakeTimers({ toFake: ['Date'] });
    const written = store.namespace('a').set('1', 'one');
    await setImmediate(); // by now it waits
    vi.setSystemTime(Date.now() + 5_000);
    await expect(written).rejects.toThrow(
      /failed: database is locked\. Another program keeps it locked: close/,
    );
  });

  it('says so when it is opened, too', () => {
    expect(() => openStore(`sqlite://${folder}/blipcord.sqlite`)).toThrow(
      /^Can't open the store .*: database is locked\. Another program keeps it locked: close that program, such as/,
    );
  });
});

describe('openStore', () => {
  it.each(['postgres://localhost/db', 'redis://localhost', 'data/blipcord.sqlite', 'sqlite://', ''])(
    'names the addresses that it knows when it gets "%s"',
    (address) => {
      expect(() => openStore(address)).toThrow(
        new StoreError(`The store's address is "${address}". Use one of: sqlite://path/to/file, memory:.`),
      );
    },
  );

  it('says that a file is no database, and what to do', () => {
    const path = join(folder, 'broken.sqlite');
    writeFileSync(path, 'not a database '.repeat(100));
    expect(() => openStore(`sqlite://${path}`)).toThrow(
      new StoreError(
        `Can't open the store ${path}: file is not a database. ` +
          'Check that the folder can be written; if the file is damaged, move it away and a new one is made.',
      ),
    );
  });

  it('says that pages of a file are damaged, and what to do', async () => {
    const path = join(folder, 'damaged.sqlite');
    await damage(path);
    expect(() => openStore(`sqlite://${path}`)).toThrow(
      /^Can't open the store .*damaged\.sqlite: the file is damaged \(.+\)\. .*move it away and a new one is made\.$/,
    );
  });

  it('says that a folder cannot be made or written', () => {
    writeFileSync(join(folder, 'file'), '');
    expect(() => openStore(`sqlite://${folder}/file/blipcord.sqlite`)).toThrow(
      /Can't open the store .*file\/blipcord.sqlite: .*Check that the folder/,
    );
    expect(() => openStore(`sqlite://${folder}`)).toThrow(StoreError);
  });

  it.runIf(process.platform === 'linux')('takes nothing but a regular file for one', () => {
    expect(() => openStore('sqlite:///dev/zero')).toThrow(
      /Can't open the store \/dev\/zero: it is no regular file\. Check/,
    );
  });

  it.runIf(process.platform === 'linux')('says so, too, where no folder can ever be made', () => {
    expect(() => openStore('sqlite:///proc/here/blipcord.sqlite')).toThrow(
      /Can't open the store \/proc\/here\/blipcord\.sqlite: .*Check that the folder/,
    );
  });
});

function keysIn(path: string): unknown[] {
  const database = new Database(path);
  const keys = database
    .prepare('SELECT key FROM records')
    .all([])
    .map((row) => Reflect.get(Object(row), 'key'));
  database.close();
  return keys;
}
