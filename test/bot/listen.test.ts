import { EventEmitter } from 'node:events';
import { type Client, Events, type Message } from 'discord.js';
import { expect, it } from 'vitest';
import { ImageIndex } from '../../src/capture/image-index.ts';
import type { AnsweredMessages } from '../../src/catch-up/answered-messages.ts';
import { InFlight } from '../../src/in-flight.ts';
import { type ListenOptions, listen } from '../../src/listen.ts';
import { postedMessage } from './posted-message.ts';

/** Which messages it was asked of whether they were answered, which is the first that happens to one that is heard. */
async function heard(signal: AbortSignal): Promise<string[]> {
  const ids: string[] = [];
  const answered = {
    async has(id: string) {
      ids.push(id);
      return true;
    },
    add: async () => {},
  } as unknown as AnsweredMessages;
  const client = new EventEmitter() as unknown as Client;
  const inFlight = new InFlight();
  listen(client, {
    index: new ImageIndex(),
    services: { signal } as ListenOptions['services'],
    inFlight,
    answered,
    missedChanges: {} as ListenOptions['missedChanges'],
    keptDrafts: { follow: () => {} } as unknown as ListenOptions['keptDrafts'],
  });
  const message = postedMessage({ id: '7' }) as Message;
  client.emit(Events.MessageCreate, message as never);
  client.emit(Events.MessageCreate, message as never);
  await inFlight.settled(5_000);
  return ids;
}

it('What is heard once the bot can wait no longer is left for its next start', async () => {
  expect(await heard(new AbortController().signal)).toEqual(['7']);
  expect(await heard(AbortSignal.abort())).toEqual([]);
});
