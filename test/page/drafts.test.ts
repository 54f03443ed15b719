import { describe, expect, it } from 'vitest';
import { withoutReply, withQuestion, withReply } from '../../src/playground/page/drafts.ts';
import { bot, FakeClient, me, message, openStore } from './support/fake-client.ts';

const reply = { message: message('50'), mentionAuthor: true };
const picture = { attachments: [{ filename: 'a.png', content_type: 'image/png' }], author: me };

describe('a draft', () => {
  it('gets the mention that a reply needs before what is written already, and loses it with the reply', () => {
    const draft = withReply({ text: 'what is it?', files: [] }, reply, '@blipcord ');
    expect(draft.text).toBe('@blipcord what is it?');
    expect(withReply(draft, reply, '@blipcord ').text).toBe('@blipcord what is it?');
    expect(withReply(draft, reply, '').text).toBe('what is it?');
    expect(withoutReply(draft)).toEqual({ text: 'what is it?', files: [] });
  });

  it('keeps a mention that the person wrote', () => {
    const draft = withReply({ text: 'tell me, @Blipcord', files: [] }, reply, '@blipcord ');
    expect(draft.text).toBe('tell me, @Blipcord');
    expect(withoutReply(draft).text).toBe('tell me, @Blipcord');
  });

  it('takes a suggested question in the place of its text, behind the mention', () => {
    const draft = withReply({ text: 'what', files: [] }, reply, '@blipcord ');
    expect(withQuestion(draft, 'What is this?').text).toBe('@blipcord What is this?');
    expect(withQuestion({ text: '', files: [] }, 'What is this?').text).toBe('What is this?');
  });

  it('is kept for each channel', async () => {
    const store = await openStore(new FakeClient());
    store.drafts.set({ text: 'here', files: [] });
    await store.show('11');
    expect(store.drafts.shown.text).toBe('');
    await store.show('10');
    expect(store.drafts.shown.text).toBe('here');
  });

  it("mentions the bot in a reply to a person's picture, and not in one to the bot", async () => {
    const store = await openStore(new FakeClient());
    store.drafts.reply(message('50', picture));
    expect(store.drafts.shown).toMatchObject({ text: '@blipcord ', reply: { mentionAuthor: false } });
    store.drafts.reply(message('51', { ...picture, author: bot }));
    expect(store.drafts.shown).toMatchObject({ text: '', reply: { mentionAuthor: true } });
  });
});
