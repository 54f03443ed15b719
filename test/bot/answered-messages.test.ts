import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Database from 'libsql';
import { afterEach, expect, it, onTestFinished, vi } from 'vitest';
import { openStore } from '../../conversation/store.ts';
import { AnsweredMessages } from '../../src/catch-up/answered-messages.ts';
import { recordLog, silentLog } from '../support/logs.ts';

afterEach(() => {
  vi.useRealTimers();
});

const inServer = { id: '11', channelId: '1', guildId: '9' };
const direct = { id: '22', channelId: '2', guildId: null };

async function openFile() {
  const path = join(await mkdtemp(join(tmpdir(), 'blipcord-')), 'memory.sqlite');
  const open = () => {
    const store = openStore(`sqlite://${path}`);
    onTestFinished(() => store.close());
    return store;
  };
  return { path, open };
}

it.each(['sqlite', 'memory'])('knows what was answered and where people write directly: %s', async (kind) => {
  const { open } = kind === 'sqlite' ? await openFile() : { open: () => openStore('memory:') };
  const store = open();
  const answered = new AnsweredMessages(store, silentLog);
  await answered.add(inServer);
  await answered.add(direct);
  const again = new AnsweredMessages(kind === 'sqlite' ? open() : store, silentLog);
  expect(await again.has('11')).toBe(true);
  expect(await again.has('22')).toBe(true);
  expect(await again.has('33')).toBe(false);
  expect(await again.directChannels()).toEqual(['2']);
});

it('keeps ids for an hour, and direct channels for a month', async () => {
  vi.useFakeTimers({ toFake: ['Date'], now: 0 });
  const answered = new AnsweredMessages((await openFile()).open(), silentLog);
  await answered.add(direct);
  vi.setSystemTime(61 * 60_000);
  expect(await answered.has('22')).toBe(false);
  expect(await answered.directChannels()).toEqual(['2']);
  vi.setSystemTime(31 * 24 * 60 * 60_000);
  expect(await answered.directChannels()).toEqual([]);
});

it('tells direct channels by when they were used last: only so many are read after a restart', async () => {
  vi.useFakeTimers({ toFake: ['Date'], now: 0 });
  const answered = new AnsweredMessages((await openFile()).open(), silentLog);
  for (const channelId of ['9', '1', '5', '1']) {
    vi.advanceTimersByTime(1_000);
    await answered.add({ ...direct, id: `${Date.now()}`, channelId });
  }
  expect(await answered.directChannels()).toEqual(['9', '5', '1']);
});

it('goes on with a store that fails, and logs that', async () => {
  const log = recordLog();
  const { path, open } = await openFile();
  const answered = new AnsweredMessages(open(), log);
  const database = new Database(path);
  database.exec('DROP TABLE records');
  database.close();
  await answered.add(direct);
  expect(await answered.has('22')).toBe(false);
  expect(await answered.directChannels()).toEqual([]);
  expect(log.lines.map(({ level }) => level)).toEqual(Array(4).fill('error'));
});
