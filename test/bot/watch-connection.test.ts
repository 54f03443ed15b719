import { type Client, Status } from 'discord.js';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { watchConnection } from '../../src/watch-connection.ts';
import { recordLog } from '../support/logs.ts';

const minuteMs = 60_000;

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

function watched(statuses: Status[]) {
  const shards = new Map(statuses.map((status, id) => [id, { status }]));
  const every = (fits: (shard: { status: Status }) => boolean) => [...shards.values()].every(fits);
  const client = { ws: { shards: { size: shards.size, every } } } as unknown as Client;
  const log = recordLog();
  const end = watchConnection(client, { log });
  const set = (status: Status) => {
    for (const shard of shards.values()) shard.status = status;
  };
  return { set, end, lines: () => log.lines.map(({ level, message }) => `${level}: ${message}`) };
}

it('says once that the connection stays away, and once that it is back', () => {
  const { set, lines } = watched([Status.Ready]);
  vi.advanceTimersByTime(10 * minuteMs);
  set(Status.Connecting);
  vi.advanceTimersByTime(10 * minuteMs);
  expect(lines()).toEqual([
    'error: There has been no connection to Discord for 3 minutes. I keep trying; check the network and https://discordstatus.com.',
  ]);
  set(Status.Ready);
  vi.advanceTimersByTime(minuteMs);
  expect(lines().slice(1)).toEqual(['info: Connected to Discord again, after 10 minutes.']);
});

it('says nothing of a connection that is back soon', () => {
  const { set, lines } = watched([Status.Ready]);
  for (let times = 0; times < 5; times++) {
    set(Status.Resuming);
    vi.advanceTimersByTime(2 * minuteMs);
    set(Status.Ready);
    vi.advanceTimersByTime(minuteMs);
  }
  expect(lines()).toEqual([]);
});

it('says nothing any more once it is ended', () => {
  const { end, lines } = watched([Status.Disconnected]);
  end();
  vi.advanceTimersByTime(10 * minuteMs);
  expect(lines()).toEqual([]);
});
