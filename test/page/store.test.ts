import type { APIMessage } from 'discord.js';
import { describe, expect, it } from 'vitest';
import { Client } from '../../src/playground/page/client.ts';
import { Dismissed } from '../../src/playground/page/dismissed.ts';
import { Store } from '../../src/playground/page/store.ts';
import type { MessagePage, PageChannel, PageState } from '../../src/playground/page-api.ts';
import { type Deferred, deferred } from '../support/deferred.ts';
import { FakeClient, message, openStore, state, storage } from './support/fake-client.ts';

function page(...messages: APIMessage[]): MessagePage {
  return { messages, hasOlder: false };
}

/** A server that answers when the test says so. */
class SlowClient extends Client {
  readonly stateAnswer: Deferred<PageState> = deferred<PageState>();
  readonly messagesAnswer: Deferred<MessagePage> = deferred<MessagePage>();

  override state(): Promise<PageState> {
    return this.stateAnswer.promise;
  }

  override messages(): Promise<MessagePage> {
    return this.messagesAnswer.promise;
  }
}

function slowStore(kept = new Map<string, string>()) {
  const client = new SlowClient();
  return { client, kept, store: new Store(client, new Dismissed(storage(kept))) };
}

describe('the store', () => {
  it('forgets no event that overtakes the answer to a request', async () => {
    const { client, store } = slowStore();
    const loaded = store.load();
    store.receive({ type: 'bot', online: false });
    client.stateAnswer.resolve(state);
    await loaded;
    const shown = store.show();
    store.receive({ type: 'message.create', message: message('51') });
    store.receive({ type: 'message.update', message: message('50', { content: 'new' }) });
    client.messagesAnswer.resolve(page(message('50', { content: 'old' })));
    await shown;
    expect(store.model.state?.bot.online).toBe(false);
    expect(store.shownMessages?.map(({ id, content }) => [id, content])).toEqual([
      ['50', 'new'],
      ['51', ''],
    ]);
  });

  it('hands out no message again that was dismissed, over a reload either', async () => {
    const { kept, store } = slowStore();
    store.dismiss(message('50'));
    const again = slowStore(kept);
    const loaded = again.store.load().then(() => again.store.show());
    again.client.stateAnswer.resolve(state);
    again.client.messagesAnswer.resolve(page(message('50'), message('51')));
    await loaded;
    expect(again.store.shownMessages?.map(({ id }) => id)).toEqual(['51']);
  });

  it('shows the first channel where none is wanted, and none where the wanted one is not there', async () => {
    const store = await openStore(new FakeClient());
    expect(store.channel?.id).toBe('10');
    await store.show('11');
    await store.show();
    expect(store.channel?.id).toBe('10');
    await store.show('99');
    expect([store.channel, store.model.toasts]).toEqual([undefined, []]);
  });

  it('fills a channel in that is made while its address is open', async () => {
    const store = await openStore(new FakeClient([message('50')]));
    await store.show('12');
    store.receive({ type: 'channel.create', channel: { id: '12', type: 0 } as PageChannel });
    await expect.poll(() => store.shownMessages?.length).toBe(1);
  });
});
