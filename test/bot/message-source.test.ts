import { type Client, Collection } from 'discord.js';
import { expect, it, vi } from 'vitest';
import { messageSource } from '../../src/capture/message-source.ts';

it('keeps what it reads out of the cache, in which discord.js would overlook the same message when it is told of', async () => {
  const fetch = vi.fn(async (_options: object) => new Collection());
  const channel = { isTextBased: () => true, messages: { fetch } };
  const client = { channels: { fetch: async () => channel } } as unknown as Client;
  const source = messageSource(client);
  await source.recent('1');
  await source.recent('1', '11');
  await source.find('1', '10');
  expect(fetch.mock.calls.map(([options]) => options)).toEqual([
    { limit: 100, cache: false },
    { limit: 100, before: '11', cache: false },
    expect.objectContaining({ message: '10', force: true, cache: false }),
  ]);
});
