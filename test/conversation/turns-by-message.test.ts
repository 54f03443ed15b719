// Turns found by the messages that asked and answered: answered anew, and removed.
import { beforeEach, describe, expect, it } from 'vitest';
import type { Conversations } from '../../conversation/conversations.ts';
import { createConversations } from '../../conversation/create-conversations.ts';
import { openStore, type Store } from '../../conversation/store.ts';
import { deferred } from '../support/deferred.ts';
import { silentLog } from '../support/logs.ts';
import { type FakeBackend, type FakeBackendOptions, fakeBackend } from './fake-backend.ts';

const rocket = { channelId: '10', messageId: '11', attachmentId: '12' };
const bee = { channelId: '10', messageId: '21', attachmentId: '22' };
const fetchImage = async () => Uint8Array.of(1, 1);

let backend: FakeBackend;
let store: Store;
let conversations: Conversations;
beforeEach(() => start());

function start(options: FakeBackendOptions = {}): void {
  backend = fakeBackend({ say: ({ prompt }) => `about ${prompt.split(' ').at(-2)}`, ...options });
  store = openStore('memory:');
  conversations = createConversations({ backend, store, answerTokens: 20, log: silentLog });
}

async function ask(id: string, question: string, messageId: string, image = rocket) {
  return conversations.ask(id, { image, question, messageId, askedBy: 'ada', fetchImage });
}

const turns = async (id: string) =>
  (await conversations.recall(id))?.turns.map(({ question, answer }) => `${question} ${answer}`);

describe('Conversations.reanswer', () => {
  it('answers a question as after the turns before it, and leaves those after it', async () => {
    for (const [index, word] of ['one', 'two', 'three'].entries()) await ask('a', word, `5${index}`);
    const answer = await conversations.reanswer('51', { question: 'other', fetchImage });
    expect(answer?.text).toBe('about other');
    expect(answer?.prompt).toBe('Question: one Answer: about one. Question: other Answer:');
    expect(await turns('a')).toEqual(['one about one', 'other about other', 'three about three']);
  });

  it('keeps the question where none is given, and draws the tokens as it is told', async () => {
    await ask('a', 'one', '50');
    await conversations.reanswer('50', { sampling: { temperature: 1, topP: 0.9 }, fetchImage });
    expect(backend.requests.at(-1)).toMatchObject({ temperature: 1, topP: 0.9, caller: 'ada' });
    expect(backend.requests[0]).not.toHaveProperty('temperature');
    expect(await turns('a')).toEqual(['one about one']);
  });

  it('rewrites the turn in a conversation that took it over as well', async () => {
    await ask('a', 'one', '50');
    await conversations.begin('thread', rocket, 'a');
    await conversations.reanswer('50', { question: 'other', fetchImage });
    expect(await turns('a')).toEqual(['other about other']);
    expect(await turns('thread')).toEqual(['other about other']);
  });

  it('knows nothing of a message that asked nothing', async () => {
    await ask('a', 'one', '50');
    expect(await conversations.reanswer('51', { fetchImage })).toBeUndefined();
  });

  it('counts in the pace as any other answer, where one is made', async () => {
    const thinking = deferred<string>();
    start({ say: ({ temperature }) => (temperature === undefined ? 'fine' : thinking.promise) });
    const { pace } = conversations;
    await ask('a', 'one', '50');
    const again = conversations.reanswer('50', { sampling: { temperature: 1 }, fetchImage });
    await expect.poll(() => pace.underWay).toBe(1);
    thinking.resolve('well');
    await again;
    expect([pace.underWay, pace.answers]).toEqual([0, 2]);
    await conversations.reanswer('51', { fetchImage });
    expect(pace.answers).toBe(2);
  });

  it('leaves no turn when the model says nothing, and throws for a question that is empty', async () => {
    await ask('a', 'one', '50');
    await expect(conversations.reanswer('50', { question: ' ', fetchImage })).rejects.toThrow('no question');
    expect(await turns('a')).toEqual(['one about one']);
    backend = fakeBackend({ say: () => '' });
    conversations = createConversations({ backend, store, answerTokens: 20, log: silentLog });
    expect((await conversations.reanswer('50', { question: 'other', fetchImage }))?.text).toBe('');
    expect(await turns('a')).toEqual([]);
  });
});

describe('Conversations.turnOf', () => {
  it('finds a turn by the message that asked and by those that answer, also after a restart', async () => {
    await ask('a', 'one', '50');
    await conversations.noteAnswer('50', ['60', '61']);
    conversations = createConversations({ backend, store, answerTokens: 20, log: silentLog });
    for (const id of ['50', '60', '61']) {
      const place = await conversations.turnOf(id);
      expect(place).toMatchObject({ conversationId: 'a', image: rocket });
      expect(place?.turn).toMatchObject({ question: 'one', answerIds: ['60', '61'] });
    }
    expect(await conversations.turnOf('11')).toBeUndefined();
  });

  it('finds no turn that was taken back', async () => {
    await ask('a', 'one', '50');
    await conversations.retract('50');
    expect(await conversations.turnOf('50')).toBeUndefined();
  });
});

describe('Conversations.forgetMessages', () => {
  it('removes the turns of questions and of answers, wherever they were taken over', async () => {
    for (const [index, word] of ['one', 'two', 'three'].entries()) await ask('a', word, `5${index}`);
    await conversations.noteAnswer('52', ['62']);
    await conversations.begin('thread', rocket, 'a');
    await conversations.forgetMessages(['50', '62', '99']);
    expect(await turns('a')).toEqual(['two about two']);
    expect(await turns('thread')).toEqual(['two about two']);
  });

  it('removes the scene of an image, and leaves the others', async () => {
    await ask('a', 'one', '50');
    await ask('a', 'two', '51', bee);
    await conversations.forgetMessages(['21']);
    expect(await conversations.recall('a')).toMatchObject({ image: rocket, turns: [{ question: 'one' }] });
    await conversations.forgetMessages(['11']);
    expect(await conversations.recall('a')).toBeUndefined();
  });

  it('removes the turn of an answer that is deleted while the next question is being answered', async () => {
    const thinking = deferred<string>();
    start({ say: ({ prompt }) => (prompt.includes('two') ? thinking.promise : 'fine') });
    await ask('a', 'one', '50');
    const next = ask('a', 'two', '51');
    const noted = conversations.noteAnswer('50', ['60']);
    await new Promise(setImmediate);
    const forgotten = conversations.forgetMessages(['60']);
    thinking.resolve('well');
    await Promise.all([next, noted, forgotten]);
    expect(await turns('a')).toEqual(['two well']);
  });

  it('waits for an answer under way, lest that brings back what is gone', async () => {
    const thinking = deferred();
    start({ say: () => thinking.promise.then(() => 'late') });
    const asked = ask('a', 'one', '50');
    const forgotten = conversations.forgetMessages(['11']);
    thinking.resolve();
    await Promise.all([asked, forgotten]);
    expect(await conversations.recall('a')).toBeUndefined();
  });
});

it('reads a record from before answers were kept with their turns', async () => {
  const turn = { question: 'one', answer: 'two', askedBy: 'ada', at: '2026-01-01T00:00:00.000Z' };
  await store.namespace('conversations').set('a', { image: rocket, turns: [turn] });
  expect(await turns('a')).toEqual(['one two']);
});
