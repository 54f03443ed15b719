// What becomes of a conversation when the program starts again, and when its store is damaged or fails.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Database from 'libsql';
import { afterAll, beforeEach, describe, expect, it } from 'vitest';
import { ConversationError, StoreError } from '../../conversation/errors.ts';
import { problem } from '../../conversation/problems.ts';
import { openStore } from '../../conversation/store.ts';
import { featuresOf } from './fake-backend.ts';
import { about, dinosaur, kitchen, type Memory, type MemoryOptions, openMemory } from './memory.ts';
import { refuse } from './refuse.ts';

const folder = mkdtempSync(join(tmpdir(), 'blipcord-conversations-'));
afterAll(() => rmSync(folder, { recursive: true }));

let backend: Memory['backend'];
let store: Memory['store'];
let conversations: Memory['conversations'];
let log: Memory['log'];
beforeEach(() => start());

function start(options: MemoryOptions = {}): void {
  ({ backend, store, conversations, log } = openMemory(options));
}

describe('After a restart', () => {
  const address = `sqlite://${folder}/restart.sqlite`;
  const gone = { fetchImage: async () => undefined };

  it('a conversation goes on with its turns, and with kept features when the image is gone', async () => {
    start({ keep: openStore(address) });
    await conversations.ask('thread', about(dinosaur, 'What is a dinosaur holding?'));
    await store.close();
    start({ keep: openStore(address) });
    const answer = await conversations.ask('thread', about(dinosaur, 'What for?', gone));
    expect(answer.prompt).toBe(
      'Question: What is a dinosaur holding? Answer: a torch. Question: What for? Answer:',
    );
    expect(backend.encoded).toEqual([]);
    expect(backend.requests[0]?.features).toEqual(featuresOf(Uint8Array.of(1, 1)));
    await store.close();
  });

  it('it says that the image is gone when no features serve, and keeps the turns', async () => {
    start({ keep: openStore(address), fingerprint: 'another checkpoint' });
    await expect(conversations.ask('thread', about(dinosaur, 'What now?', gone))).rejects.toThrow(
      new ConversationError(problem('imageGone')),
    );
    expect((await conversations.recall('thread'))?.turns).toHaveLength(2);
    await store.close();
  });
});

describe('A record that is damaged', () => {
  const address = `sqlite://${folder}/damaged.sqlite`;
  const record = {
    image: dinosaur,
    turns: [{ question: 'Is it red?', answer: 'no', askedBy: 'ada', at: '' }],
  };

  it.each([
    ['is of another shape', JSON.stringify({ value: { ...record, turns: 'none' } })],
    ['lacks what every record has', JSON.stringify({ value: {} })],
    ['is no JSON', '{"value":{"image":'],
    ["is none of Keyv's", '42'],
  ])('because it %s is kept aside with one warning, and the conversation begins anew', async (_, text) => {
    start({ keep: openStore(address) });
    await store.namespace('conversations').set('thread', record);
    const database = new Database(`${folder}/damaged.sqlite`);
    database.prepare("UPDATE records SET value = ? WHERE key = 'conversations:thread'").run([text]);
    database.close();
    expect(await conversations.recall('thread')).toBeUndefined();
    const answer = await conversations.ask('thread', about(dinosaur, 'Why?'));
    expect(answer).toMatchObject({ prompt: 'Question: Why? Answer:', isRemembered: true });
    expect((await conversations.recall('thread'))?.turns).toHaveLength(1);
    expect(await store.namespace('unreadable-conversations').get('thread')).toBeDefined();
    expect(log.warn).toHaveBeenCalledExactlyOnceWith(
      { conversationId: 'thread', problem: expect.any(String) },
      expect.stringMatching(/begins anew/),
    );
    await store.close();
  });

  it('is not what an older version kept', async () => {
    await store.namespace('conversations').set('thread', record);
    const answer = await conversations.ask('thread', about(dinosaur, 'Why?'));
    expect(answer.prompt).toBe('Question: Is it red? Answer: no. Question: Why? Answer:');
    expect(log.warn).not.toHaveBeenCalled();
  });
});

describe('A store that fails', () => {
  const path = `${folder}/failing.sqlite`;

  function breakStore(): void {
    const database = new Database(path);
    database.exec('DROP TABLE records');
    database.close();
  }

  it('costs the memory and no answer, says so, and logs why', async () => {
    start({ keep: openStore(`sqlite://${path}`) });
    await conversations.ask('thread', about(dinosaur, 'Is it red?'));
    breakStore();
    const answer = await conversations.ask('thread', about(dinosaur, 'Why?'));
    expect(answer).toMatchObject({ text: 'no', prompt: 'Question: Why? Answer:', isRemembered: false });
    expect(log.error).toHaveBeenCalledExactlyOnceWith(
      { err: expect.any(StoreError), conversationId: 'thread' },
      expect.stringMatching(
        /^The store .*failing\.sqlite failed: no such table: records\. See that its disk/,
      ),
    );
    await store.close();
  });

  it.each(['conversations:%', 'conversations-of-message:%'])(
    'leaves no record without its messages in the index, and none of those without it: %s fails',
    async (keys) => {
      const file = `${folder}/${keys.length}.sqlite`;
      start({ keep: openStore(`sqlite://${file}`) });
      refuse(file, keys);
      const answer = await conversations.ask('thread', about(dinosaur, 'Why?', { messageId: '31' }));
      expect(answer).toMatchObject({ text: 'no', isRemembered: false });
      const database = new Database(file);
      expect(database.prepare("SELECT key FROM records WHERE key LIKE 'conversations%'").all([])).toEqual([]);
      database.close();
      await store.close();
    },
  );

  it('costs no answer about a new picture, no beginning and no taking back', async () => {
    start({ keep: openStore(`sqlite://${path}`) });
    breakStore();
    expect((await conversations.ask('one', about(kitchen, 'Why?'))).text).toBe('no');
    await conversations.begin('two', kitchen, 'one');
    await conversations.retract('31');
    expect(await conversations.recall('one')).toBeUndefined();
    await store.close();
  });
});
