import { describe, expect, it } from 'vitest';
import { RequestError } from '../../src/playground/page/client.ts';
import { foreseen } from '../../src/playground/page/outbox.ts';
import { me, message, openStore, PostalClient } from './support/fake-client.ts';

const file = new File(['bytes'], 'a.png', { type: 'image/png' });

describe('a message that is sent', () => {
  it('leaves the composer at once and is shown as pending until the server has taken it', async () => {
    const client = new PostalClient();
    const store = await openStore(client);
    store.drafts.set({ text: 'hello', files: [file] });
    const sent = store.drafts.send('hello');
    expect(store.drafts.shown).toEqual({ text: '', files: [] });
    expect(store.model.pending).toMatchObject([{ content: 'hello', draft: { files: [file] } }]);
    await expect.poll(() => client.answers.length).toBe(1);
    client.answers[0]?.resolve(undefined);
    await sent;
    expect(store.model.pending).toEqual([]);
    expect(store.shownMessages?.map(({ content }) => content)).toEqual(['hello']);
  });

  it('is not shown twice when the event of it comes before the answer', async () => {
    const client = new PostalClient();
    const store = await openStore(client);
    const sent = store.drafts.send('hello');
    const nonce = store.model.pending[0]?.nonce ?? '';
    store.receive({ type: 'message.create', message: message('501', { nonce, author: me }) });
    expect(store.model.pending).toEqual([]);
    await expect.poll(() => client.answers.length).toBe(1);
    client.answers[0]?.resolve(undefined);
    await sent;
    expect(store.shownMessages).toHaveLength(1);
  });

  it('waits for those before it in its channel, and for no other channel', async () => {
    const client = new PostalClient();
    const store = await openStore(client);
    const all = [
      store.drafts.send('1'),
      store.drafts.send('2'),
      store.show('11').then(() => store.drafts.send('other')),
    ];
    await expect.poll(() => client.begun).toContain('other');
    expect(client.begun).toEqual(['1', 'other']);
    client.answers[0]?.resolve(undefined);
    await expect.poll(() => client.begun).toEqual(['1', 'other', '2']);
    for (const answer of client.answers) answer.resolve(undefined);
    await Promise.all(all);
  });

  describe('and refused', () => {
    async function refused() {
      const client = new PostalClient();
      const store = await openStore(client);
      store.drafts.set({ text: 'hello', files: [file] });
      const sent = store.drafts.send('hello');
      await store.show('11');
      await expect.poll(() => client.answers.length).toBe(1);
      client.answers[0]?.resolve(new RequestError('This file is too big.'));
      await sent;
      const [pending] = store.model.pending;
      if (!pending) throw new Error('The message is gone.');
      return { client, store, pending };
    }

    it('is kept with text, files and the reason, though another channel is on show', async () => {
      const { pending } = await refused();
      expect(pending).toMatchObject({
        channelId: '10',
        failure: 'This file is too big.',
        draft: { text: 'hello', files: [file] },
      });
    });

    it('can be sent again, under the nonce by which the server knows it', async () => {
      const { client, store, pending } = await refused();
      const sent = store.outbox.retry(pending);
      expect(store.model.pending[0]?.failure).toBeUndefined();
      await expect.poll(() => client.answers.length).toBe(2);
      client.answers[1]?.resolve(undefined);
      await sent;
      expect(client.taken).toEqual([{ content: 'hello', nonce: pending.nonce }]);
      expect(store.model.pending).toEqual([]);
    });

    it('can be edited: it goes before what was written since, in its own channel', async () => {
      const { store, pending } = await refused();
      store.drafts.set({ text: 'more', files: [] }, '10');
      store.drafts.takeBack(pending);
      expect(store.model.pending).toEqual([]);
      expect(store.drafts.shown.text).toBe('');
      await store.show('10');
      expect(store.drafts.shown).toMatchObject({ text: 'hello\nmore', files: [file] });
    });

    it('can be thrown away', async () => {
      const { store, pending } = await refused();
      store.outbox.discard(pending);
      expect(store.model.pending).toEqual([]);
    });
  });

  it('is foreseen as it will be, with its files and what it replies to', () => {
    const reply = { message: message('50'), mentionAuthor: true };
    const draft = { text: '', files: [file], reply };
    const author = me as never;
    const pending = { key: 1, nonce: '1.1', channelId: '10', author, content: 'why?', draft, sentAt: '' };
    expect(foreseen(pending, () => 'blob:1')).toMatchObject({
      author: me,
      content: 'why?',
      attachments: [{ filename: 'a.png', url: 'blob:1', content_type: 'image/png' }],
      referenced_message: { id: '50' },
      mentions: [{ id: '2' }],
    });
  });
});
