import type { APIMessage } from 'discord.js';
import { describe, expect, it } from 'vitest';
import { RequestError } from '../../src/playground/page/client.ts';
import type { MessagePage } from '../../src/playground/page-api.ts';
import { deferred } from '../support/deferred.ts';
import { FakeClient, message, messages, openStore } from './support/fake-client.ts';

const picture = { attachments: [{ filename: 'a.png', content_type: 'image/png' }] };

function ids(shown: readonly APIMessage[] | undefined): number[] {
  return (shown ?? []).map(({ id }) => Number(id));
}

const range = (first: number, last: number) => ids(messages(first, last));

describe('the history of a channel', () => {
  it('begins with the newest page and goes back a page at a time, to its beginning', async () => {
    const store = await openStore(new FakeClient(messages(100, 124)));
    expect(ids(store.shownMessages)).toEqual(range(115, 124));
    expect(store.model.older.get('10')).toEqual({ before: '115', failed: false });
    await store.history.loadOlder('10');
    expect(ids(store.shownMessages)).toEqual(range(105, 124));
    await store.history.loadOlder('10');
    expect(ids(store.shownMessages)).toEqual(range(100, 124));
    expect(store.model.older.has('10')).toBe(false);
    expect(await store.history.loadOlder('10')).toBe(false);
  });

  it('fetches a page once, however often it is wanted meanwhile', async () => {
    const client = new FakeClient(messages(100, 124));
    const store = await openStore(client);
    await Promise.all([store.history.loadOlder('10'), store.history.loadOlder('10')]);
    expect(client.asked).toEqual([undefined, '115']);
  });

  it('reaches a message far back, and says of a deleted one that it was deleted', async () => {
    const store = await openStore(new FakeClient(messages(100, 134).filter(({ id }) => id !== '117')));
    expect((await store.history.reach('10', '118'))?.id).toBe('118');
    expect(await store.history.reach('10', '117')).toBeUndefined();
    expect(store.model.toasts.map(({ text }) => text)).toEqual(['That message was deleted.']);
    expect(ids(store.shownMessages)[0]).toBeGreaterThan(100);
  });

  it('finds the newest picture however far back it is, and says so when there is none', async () => {
    const held = [message('99', picture), ...messages(100, 124)];
    const store = await openStore(new FakeClient(held));
    expect(store.mayHavePicture).toBe(true);
    expect((await store.history.newestPicture('10'))?.id).toBe('99');
    const without = await openStore(new FakeClient(messages(100, 124)));
    expect(await without.history.newestPicture('10')).toBeUndefined();
    expect(without.mayHavePicture).toBe(false);
    expect(without.model.toasts.map(({ text }) => text)).toEqual([
      'There is no picture here yet. Post one first.',
    ]);
  });

  it('keeps a page that could not be fetched for a second try', async () => {
    const client = new FakeClient(messages(100, 124));
    const store = await openStore(client);
    const answer = client.messages;
    client.messages = () => Promise.reject(new RequestError('The local Discord does not answer.'));
    expect(await store.history.loadOlder('10')).toBe(false);
    expect(store.model.older.get('10')).toEqual({ before: '115', failed: true });
    client.messages = answer;
    expect(await store.history.loadOlder('10')).toBe(true);
    expect(ids(store.shownMessages)).toEqual(range(105, 124));
  });

  it('says when its newest page could not be fetched, until a second try has it', async () => {
    const client = new FakeClient(messages(100, 101));
    const answer = client.messages;
    client.messages = () => Promise.reject(new RequestError('The local Discord does not answer.'));
    const store = await openStore(client);
    expect([store.shownMessages, [...store.model.unloadable]]).toEqual([undefined, ['10']]);
    client.messages = answer;
    await store.history.load('10');
    expect([ids(store.shownMessages), store.model.unloadable.size]).toEqual([range(100, 101), 0]);
  });

  it('has no holes: a change to a message that is not loaded yet waits for its page', async () => {
    const store = await openStore(new FakeClient(messages(100, 124)));
    store.receive({ type: 'message.update', message: message('103', { content: 'new' }) });
    expect(ids(store.shownMessages)).toEqual(range(115, 124));
  });

  it('takes no late page of what was loaded anew meanwhile', async () => {
    const client = new FakeClient(messages(100, 124));
    const store = await openStore(client);
    const late = deferred<MessagePage>();
    const answer = client.messages;
    client.messages = () => late.promise;
    const older = store.history.loadOlder('10');
    client.messages = answer;
    client.held.push(...messages(125, 129));
    await store.load();
    await store.show();
    late.resolve({ messages: messages(105, 114), hasOlder: true });
    await older;
    expect(ids(store.shownMessages)).toEqual(range(120, 129));
  });
});
