// Whose talk, and of which server, a wide forgetting takes.
import { beforeEach, expect, it } from 'vitest';
import {
  channelConversation,
  directConversation,
  threadConversation,
} from '../../commands/conversation-id.ts';
import type { Conversations, SceneImage } from '../../conversation/conversations.ts';
import { createConversations } from '../../conversation/create-conversations.ts';
import { openStore, type Store } from '../../conversation/store.ts';
import { Forgetter } from '../../src/preferences/forgetter.ts';
import { fakeBackend } from '../conversation/fake-backend.ts';
import { silentLog } from '../support/logs.ts';

const here: SceneImage = {
  channelId: '10',
  messageId: '11',
  attachmentId: '12',
  authorId: 'ada',
  guildId: '1',
};
const elsewhere: SceneImage = { ...here, channelId: '20', messageId: '21', guildId: '2' };
const direct: SceneImage = { channelId: '30', messageId: '31', attachmentId: '32', authorId: 'ada' };
/** As they were kept before servers were. */
const old: SceneImage = { channelId: '40', messageId: '41', attachmentId: '42' };

let store: Store;
let conversations: Conversations;
let forgetter: Forgetter;
beforeEach(() => {
  store = openStore('memory:');
  conversations = createConversations({ backend: fakeBackend(), store, log: silentLog });
  forgetter = new Forgetter({ store, conversations, languages: { forget: async () => {} } });
});

function ask(conversationId: string, image: SceneImage, askedBy: string): Promise<unknown> {
  const fetchImage = async () => Uint8Array.of(Number(image.channelId));
  return conversations.ask(conversationId, { image, question: `Is ${askedBy} here?`, askedBy, fetchImage });
}

async function askEverywhere(askedBy: string): Promise<void> {
  await ask(channelConversation(here.messageId), here, askedBy);
  await ask(channelConversation(elsewhere.messageId), elsewhere, askedBy);
  await ask(channelConversation(old.messageId), old, askedBy);
  await ask(directConversation(direct.channelId), direct, askedBy);
}

async function left(): Promise<string[]> {
  const found: string[] = [];
  for await (const [id, { turns }] of conversations.records()) {
    found.push(...turns.map(({ askedBy }) => `${id} ${askedBy}`));
  }
  return found.sort();
}

it('a person is forgotten in one server, in direct messages, and wherever the server is not known', async () => {
  await askEverywhere('ada');
  await ask(channelConversation(here.messageId), here, 'bea');
  const forgotten = await forgetter.person('ada', '1');
  expect(await left()).toEqual(['channel:11 bea', 'channel:21 ada']);
  expect(forgotten).toEqual({ conversations: 3, questions: 3, pictures: 1 });
});

it('a person is forgotten everywhere', async () => {
  await askEverywhere('ada');
  await forgetter.person('ada');
  expect(await left()).toEqual([]);
});

it('a server is forgotten with what is known to be of it by its channel alone', async () => {
  await askEverywhere('bea');
  await forgetter.server('1', new Set(['10', '40']));
  expect(await left()).toEqual(['channel:21 bea', 'dm:30 bea']);
});

it('a channel is forgotten with its threads, and with what was said about other pictures in them', async () => {
  const inThread = { ...here, channelId: '11', messageId: '13' };
  await ask(threadConversation('11'), here, 'bea');
  await ask(threadConversation('11'), inThread, 'bea');
  await ask(channelConversation(elsewhere.messageId), elsewhere, 'bea');
  expect(await forgetter.channels(new Set(['10']))).toMatchObject({ conversations: 1, questions: 2 });
  expect(await left()).toEqual(['channel:21 bea']);
});

it('a record that was set aside as unreadable goes, too, when it is about whom or what is forgotten', async () => {
  const damaged = store.namespace('unreadable-conversations');
  await damaged.set('thread:11', { turns: [{ askedBy: 'ada', question: 'Where?' }] });
  await damaged.set('thread:21', { turns: [{ askedBy: 'bea', question: 'Where?' }] });
  await forgetter.person('ada');
  expect(await damaged.get('thread:11')).toBeUndefined();
  expect(await damaged.get('thread:21')).toBeDefined();
  await forgetter.conversation('thread:21');
  expect(await damaged.get('thread:21')).toBeUndefined();
});
