import { EventEmitter } from 'node:events';
import {
  type Client,
  Collection,
  DiscordAPIError,
  Events,
  type Message,
  RESTJSONErrorCodes,
} from 'discord.js';
import { expect, it } from 'vitest';
import { ImageIndex } from '../../src/capture/image-index.ts';
import type { AnsweredMessages } from '../../src/catch-up/answered-messages.ts';
import { InFlight } from '../../src/in-flight.ts';
import { type ListenOptions, listen } from '../../src/listen.ts';
import { recordLog } from '../support/logs.ts';
import { postedMessage } from './posted-message.ts';

const notUsed = {
  index: new ImageIndex(),
  missedChanges: {} as ListenOptions['missedChanges'],
  keptDrafts: { follow: () => {} } as unknown as ListenOptions['keptDrafts'],
};

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
  listen(client, { ...notUsed, services: { signal } as ListenOptions['services'], inFlight, answered });
  const message = Object.assign(postedMessage({ id: '7' }), {
    channel: { isDMBased: () => false, isThread: () => false },
    mentions: { users: new Collection(), roles: new Collection(), repliedUser: null },
  }) as unknown as Message;
  client.emit(Events.MessageCreate, message as never);
  client.emit(Events.MessageCreate, message as never);
  await inFlight.settled(5_000);
  return ids;
}

it('What is heard once the bot can wait no longer is left for its next start', async () => {
  expect(await heard(new AbortController().signal)).toEqual(['7']);
  expect(await heard(AbortSignal.abort())).toEqual([]);
});

/** How loud it is told that no values could be offered for an option, because of this. */
async function levelOf(error: Error): Promise<string> {
  const log = recordLog();
  const client = new EventEmitter() as unknown as Client;
  const inFlight = new InFlight();
  const preferences = { languages: { see: async () => {} } };
  const services = {
    signal: new AbortController().signal,
    log,
    preferences,
  } as unknown as ListenOptions['services'];
  listen(client, { ...notUsed, services, inFlight, answered: {} as AnsweredMessages });
  const isNot = () => false;
  client.emit(Events.InteractionCreate, {
    isChatInputCommand: isNot,
    isMessageContextMenuCommand: isNot,
    isButton: isNot,
    isStringSelectMenu: isNot,
    isModalSubmit: isNot,
    isAutocomplete: () => true,
    commandName: 'ask',
    options: { getFocused: () => 'What' },
    respond: () => Promise.reject(error),
    user: { id: '1' },
  } as never);
  await inFlight.settled(5_000);
  return log.lines.map(({ level }) => level).join();
}

it('What Discord refuses of the values for an option is told to whoever debugs, and a fault of ours to all', async () => {
  const refused = { code: RESTJSONErrorCodes.UnknownInteraction, message: 'Unknown interaction' };
  const refusal = new DiscordAPIError(refused, refused.code, 404, 'POST', '', {});
  expect(await levelOf(refusal)).toBe('debug');
  expect(await levelOf(new TypeError('offered is not a function'))).toBe('warn');
});
