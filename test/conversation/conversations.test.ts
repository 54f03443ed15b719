import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Database from 'libsql';
import { afterAll, beforeEach, describe, expect, it, vi } from 'vitest';
import type { AskRequest, Conversations } from '../../conversation/conversations.ts';
import { createConversations } from '../../conversation/create-conversations.ts';
import { ConversationError, StoreError } from '../../conversation/errors.ts';
import { openStore, type Store } from '../../conversation/store.ts';
import type { GenerateRequest } from '../../models/backend.ts';
import type { Logger } from '../../models/logger.ts';
import { deferred } from '../support/deferred.ts';
import { type FakeBackend, type FakeBackendOptions, fakeBackend, featuresOf } from './fake-backend.ts';

const dinosaur = { channelId: '10', messageId: '11', attachmentId: '12' };
const kitchen = { channelId: '10', messageId: '21', attachmentId: '22' };
const bytesOf = new Map([
  [dinosaur.messageId, Uint8Array.of(1, 1)],
  [kitchen.messageId, Uint8Array.of(2, 2)],
]);
const folder = mkdtempSync(join(tmpdir(), 'blipcord-conversations-'));
afterAll(() => rmSync(folder, { recursive: true }));

/** What the fake model says to the live question. */
const answers: Record<string, string> = {
  'What is a dinosaur holding?': 'a torch',
  'Where are they?': 'In the woods.',
};

let backend: FakeBackend;
let store: Store;
let conversations: Conversations;
let debug: ReturnType<typeof vi.fn<Logger['debug']>>;
let log: Logger;
beforeEach(() => start());

function start(options: FakeBackendOptions & { windowTokens?: number; keep?: Store } = {}): void {
  const { windowTokens = 512, keep, ...backendOptions } = options;
  backend = fakeBackend({ say: (request) => answers[liveQuestion(request)] ?? 'no', ...backendOptions });
  store = keep ?? openStore('memory:');
  debug = vi.fn<Logger['debug']>();
  log = { debug, info: vi.fn(), warn: vi.fn(), error: vi.fn() };
  conversations = createConversations({ backend, store, windowTokens, answerTokens: 20, log });
}

function about(image: typeof dinosaur, question: string, more: Partial<AskRequest> = {}): AskRequest {
  return { question, askedBy: 'ada', image, fetchImage: async () => bytesOf.get(image.messageId), ...more };
}

function liveQuestion({ prompt }: GenerateRequest): string {
  return /.*Question: (.*) Answer:$/.exec(prompt)?.[1] ?? '';
}

const prompts = () => backend.requests.map((request) => request.prompt);

describe('Conversations.ask', () => {
  it('tells the model who asks, so that people take turns, and how long they wait', async () => {
    await conversations.ask('thread', about(dinosaur, 'Where are they?', { askedBy: 'grace' }));
    expect(backend.requests[0]).toMatchObject({ caller: 'grace', deadlineMs: 300_000 });
    expect(backend.waited).toEqual([{ caller: 'grace', deadlineMs: 300_000 }]);
  });

  it('refuses the ninth question that a person has waiting in a conversation', async () => {
    const asking = Array.from({ length: 9 }, (_, at) =>
      conversations.ask('thread', about(dinosaur, `Number ${at}?`)),
    );
    const [refused, ...others] = (await Promise.allSettled(asking)).reverse();
    expect(refused).toMatchObject({
      reason: expect.objectContaining({
        message: expect.stringMatching(/^I still have 8 questions of yours/),
      }),
    });
    expect(others.every(({ status }) => status === 'fulfilled')).toBe(true);
  });

  it("asks the third question with both turns before it, as in BLIP-2's published example", async () => {
    await conversations.ask('thread', about(dinosaur, 'What is a dinosaur holding?'));
    await conversations.ask('thread', about(dinosaur, 'Where are they?'));
    const answer = await conversations.ask('thread', about(dinosaur, 'What for?'));
    const prompt =
      'Question: What is a dinosaur holding? Answer: a torch. Question: Where are they? Answer: In the woods.. Question: What for? Answer:';
    expect(prompts()[2]).toBe(prompt);
    expect(answer).toEqual({
      text: 'no',
      prompt,
      promptTokens: backend.countPromptTokens(prompt),
      windowTokens: 512,
      droppedTurns: 0,
      newlyDroppedTurns: 0,
      confidence: Math.exp(-2 / 3), // two tokens, and the end
      isRemembered: true,
    });
  });

  it('gives the model room for the answer and stops it at labels of the template', async () => {
    await conversations.ask('thread', about(dinosaur, 'Why?'));
    expect(backend.requests[0]).toMatchObject({ maxNewTokens: 20, stop: ['Question:', 'Answer:'] });
  });

  it('keeps who asked, in which message, and when, with the image and its content', async () => {
    await conversations.ask('thread', about(dinosaur, 'What is a dinosaur holding?', { messageId: '13' }));
    expect(await conversations.recall('thread')).toEqual({
      image: dinosaur,
      imageHash: expect.stringMatching(/^[0-9a-f]{64}$/),
      turns: [
        {
          question: 'What is a dinosaur holding?',
          answer: 'a torch',
          askedBy: 'ada',
          messageId: '13',
          at: expect.stringMatching(/^\d{4}-\d\d-\d\dT[\d:.]+Z$/),
        },
      ],
    });
  });

  it('keeps nothing of the image but what finds it again', async () => {
    const posted = { ...dinosaur, url: 'https://signed.example/dinosaur.png' };
    await conversations.ask('thread', about(posted, 'Why?'));
    expect((await conversations.recall('thread'))?.image).toEqual(dinosaur);
  });

  it('slides: the oldest turns leave the prompt, whole, when the window is full', async () => {
    start({ windowTokens: 80 });
    for (let i = 1; i <= 9; i++) await conversations.ask('thread', about(dinosaur, `Is it ${i}?`));
    const last = await conversations.ask('thread', about(dinosaur, 'Is it 10?'));
    const turn = (i: number) => `Question: Is it ${i}? Answer: no.`;
    expect(last.prompt).toBe(`${turn(7)} ${turn(8)} ${turn(9)} Question: Is it 10? Answer:`);
    expect(last.droppedTurns).toBe(6);
    expect(last.promptTokens + 20).toBeLessThanOrEqual(80);
    expect(backend.countPromptTokens(`${turn(6)} ${last.prompt}`) + 20).toBeGreaterThan(80);
  });

  it('remembers again what a long question had no room for, when that one left no turn', async () => {
    start({ windowTokens: 80, say: (request) => (request.prompt.includes('or what') ? '' : 'no') });
    await conversations.ask('thread', about(dinosaur, 'Is it 1?'));
    const long = await conversations.ask('thread', about(dinosaur, `Is it this${' or what'.repeat(14)}?`));
    expect(long.droppedTurns).toBe(1);
    const short = await conversations.ask('thread', about(dinosaur, 'Why?'));
    expect(short.prompt).toBe('Question: Is it 1? Answer: no. Question: Why? Answer:');
    expect(short.droppedTurns).toBe(0);
  });

  it('keeps no turn that no prompt can ever hold again, but counts it', async () => {
    start({ windowTokens: 80 });
    for (let i = 1; i <= 30; i++) await conversations.ask('thread', about(dinosaur, `Is it ${i}?`));
    const record = await conversations.recall('thread');
    expect(record?.turns.length).toBeLessThan(6);
    expect((record?.forgottenTurns ?? 0) + (record?.turns.length ?? 0)).toBe(30);
    expect((await conversations.ask('thread', about(dinosaur, 'Why?'))).droppedTurns).toBeGreaterThan(24);
  });

  it('refuses an empty question, and one that is too long, before it fetches anything', async () => {
    const fetchImage = vi.fn<AskRequest['fetchImage']>();
    const ask = (question: string) => conversations.ask('thread', about(dinosaur, question, { fetchImage }));
    await expect(ask(' \n ')).rejects.toThrow(
      new ConversationError(
        'There is no question. Ask one about the image, such as "What is in the picture?".',
      ),
    );
    await expect(ask('why '.repeat(600))).rejects.toThrow(
      /^That is \d{3,} tokens long, and at most 475 fit beside the image/,
    );
    expect(fetchImage).not.toHaveBeenCalled();
    expect(await conversations.recall('thread')).toBeUndefined();
  });

  it('keeps no turn of an empty answer, and hands it out as it is', async () => {
    start({ say: () => '' });
    expect((await conversations.ask('thread', about(dinosaur, 'Why?'))).text).toBe('');
    expect((await conversations.recall('thread'))?.turns).toEqual([]);
  });

  it('keeps no turn of an answer that failed, and answers the next question', async () => {
    const failure = new Error('The model broke.');
    const say = vi.fn(async () => 'yes').mockRejectedValueOnce(failure);
    start({ say });
    await expect(conversations.ask('thread', about(dinosaur, 'Why?'))).rejects.toBe(failure);
    const answer = await conversations.ask('thread', about(dinosaur, 'Really?'));
    expect(answer.prompt).toBe('Question: Really? Answer:');
  });

  it('keeps no turn of an answer that was aborted in its middle, and answers the next question', async () => {
    const reason = new Error('Nobody waits any more.');
    const aborting = new AbortController();
    start({
      say: () => {
        aborting.abort(reason);
        return 'a long answer';
      },
    });
    const aborted = conversations.ask('thread', about(dinosaur, 'Why?', { signal: aborting.signal }));
    await expect(aborted).rejects.toBe(reason);
    expect((await conversations.recall('thread'))?.turns).toEqual([]);
    const answer = await conversations.ask('thread', about(dinosaur, 'Really?'));
    expect(answer.prompt).toBe('Question: Really? Answer:');
  });

  it('keeps no turn of an answer that was aborted just when it was complete', async () => {
    const reason = new Error('Nobody waits any more.');
    const aborting = new AbortController();
    // biome-ignore lint/correctness/useYield: a model that says all at once
    backend.generate = async function* () {
      aborting.abort(reason);
      return { tokens: [1], text: 'yes', promptTokens: 20, finish: 'eos', logprob: -1 };
    };
    const aborted = conversations.ask('thread', about(dinosaur, 'Why?', { signal: aborting.signal }));
    await expect(aborted).rejects.toBe(reason);
    expect((await conversations.recall('thread'))?.turns).toEqual([]);
  });

  it('does not even look at the image for a question aborted while it waited', async () => {
    const aborting = new AbortController();
    const fetchImage = vi.fn<AskRequest['fetchImage']>();
    const first = conversations.ask('thread', about(dinosaur, 'Why?'));
    const second = conversations.ask(
      'thread',
      about(dinosaur, 'How?', { fetchImage, signal: aborting.signal }),
    );
    aborting.abort();
    await expect(second).rejects.toBe(aborting.signal.reason);
    await first;
    expect(fetchImage).not.toHaveBeenCalled();
  });

  it('answers two who ask at once one after the other, the second with the turn of the first', async () => {
    start({ say: slowly((question) => (question === 'First?' ? 5 : 0)) });
    await Promise.all([
      conversations.ask('thread', about(dinosaur, 'First?')),
      conversations.ask('thread', about(dinosaur, 'Second?', { askedBy: 'grace' })),
    ]);
    expect(prompts()).toEqual([
      'Question: First? Answer:',
      'Question: First? Answer: no. Question: Second? Answer:',
    ]);
    expect((await conversations.recall('thread'))?.turns.map((turn) => turn.askedBy)).toEqual([
      'ada',
      'grace',
    ]);
  });

  it('lets other conversations go on while one waits for its answer', async () => {
    let release = () => {};
    const released = new Promise<void>((resolve) => {
      release = resolve;
    });
    start({ say: (request) => (liveQuestion(request) === 'Slow?' ? released.then(() => 'slow') : 'fast') });
    const slow = conversations.ask('one', about(dinosaur, 'Slow?'));
    expect((await conversations.ask('two', about(dinosaur, 'Fast?'))).text).toBe('fast');
    release();
    expect((await slow).text).toBe('slow');
    expect(prompts()).toContain('Question: Fast? Answer:');
  });
});

describe('A scene', () => {
  it('is about one image: no turn about one reaches a question about another, and each goes on with its own', async () => {
    await conversations.ask('thread', about(dinosaur, 'What is a dinosaur holding?'));
    const answer = await conversations.ask('thread', about(kitchen, 'Where are they?'));
    expect(answer.prompt).toBe('Question: Where are they? Answer:');
    expect(backend.requests.at(-1)?.features).toEqual(featuresOf(Uint8Array.of(2, 2)));
    const back = await conversations.ask('thread', about(dinosaur, 'What for?'));
    expect(back.prompt).toBe(
      'Question: What is a dinosaur holding? Answer: a torch. Question: What for? Answer:',
    );
    expect(backend.requests.at(-1)?.features).toEqual(featuresOf(Uint8Array.of(1, 1)));
    const last = await conversations.ask('thread', about(kitchen, 'Why?'));
    expect(last.prompt).toBe('Question: Where are they? Answer: In the woods.. Question: Why? Answer:');
  });

  it('is about one image also when two are asked about at once', async () => {
    start({ say: slowly(() => 4) });
    await Promise.all([
      conversations.ask('thread', about(dinosaur, 'Is it red?')),
      conversations.ask('thread', about(kitchen, 'Is it blue?')),
      conversations.begin('thread', dinosaur),
      conversations.ask('thread', about(dinosaur, 'Is it green?')),
    ]);
    expect(prompts()).toEqual([
      'Question: Is it red? Answer:',
      'Question: Is it blue? Answer:',
      'Question: Is it red? Answer: no. Question: Is it green? Answer:',
    ]);
  });

  it('is live where its image is the newest, whatever was asked about an older one since', async () => {
    await conversations.ask('thread', about(kitchen, 'Is it blue?', { messageId: '31' }));
    await conversations.ask('thread', about(dinosaur, 'Is it green?', { messageId: '32' }));
    const record = await conversations.recall('thread');
    expect(record).toMatchObject({ image: kitchen, turns: [{ question: 'Is it blue?' }] });
    expect(record?.earlier).toMatchObject([{ image: dinosaur, turns: [{ question: 'Is it green?' }] }]);
  });

  it('that was not talked in for the longest goes when there are more than ten', async () => {
    const images = Array.from({ length: 11 }, (_, i) => ({ ...dinosaur, messageId: `${100 + i}` }));
    const fetchImage = async () => Uint8Array.of(1, 1);
    for (const image of images) await conversations.ask('thread', about(image, 'Why?', { fetchImage }));
    await conversations.ask('thread', about(images[1] ?? dinosaur, 'Why?', { fetchImage }));
    const record = await conversations.recall('thread');
    expect(record?.image.messageId).toBe('110');
    expect(record?.earlier?.map(({ image }) => image.messageId)).toEqual([
      '101',
      '109',
      '108',
      '107',
      '106',
      '105',
      '104',
      '103',
      '102',
    ]);
  });

  it("ends when the same attachment has other content, since the turns aren't about that", async () => {
    await conversations.ask('thread', about(dinosaur, 'What is a dinosaur holding?'));
    await store.namespace('features').clear();
    start({ keep: store });
    const fetchImage = async () => Uint8Array.of(9, 9);
    const answer = await conversations.ask('thread', about(dinosaur, 'What for?', { fetchImage }));
    expect(answer.prompt).toBe('Question: What for? Answer:');
  });

  it('begins without turns, and goes on when it is begun again', async () => {
    await conversations.begin('thread', dinosaur);
    expect(await conversations.recall('thread')).toEqual({ image: dinosaur, turns: [] });
    await conversations.ask('thread', about(dinosaur, 'Why?'));
    await conversations.begin('thread', dinosaur);
    expect((await conversations.recall('thread'))?.turns).toHaveLength(1);
    await conversations.begin('thread', kitchen);
    expect(await conversations.recall('thread')).toMatchObject({ image: kitchen, turns: [] });
  });

  it('takes over the turns of another conversation about the same image', async () => {
    await conversations.ask('channel', about(dinosaur, 'What is a dinosaur holding?'));
    await conversations.begin('thread', dinosaur, 'channel');
    const answer = await conversations.ask('thread', about(dinosaur, 'What for?'));
    expect(answer.prompt).toBe(
      'Question: What is a dinosaur holding? Answer: a torch. Question: What for? Answer:',
    );
    expect((await conversations.recall('channel'))?.turns).toHaveLength(1);
  });

  it('takes over nothing about another image, from nowhere, or over turns of its own', async () => {
    await conversations.ask('channel', about(dinosaur, 'Is it red?'));
    await conversations.begin('one', kitchen, 'channel');
    await conversations.begin('two', dinosaur, 'nowhere');
    await conversations.ask('three', about(dinosaur, 'Is it blue?'));
    await conversations.begin('three', dinosaur, 'channel');
    expect(await conversations.recall('one')).toEqual({ image: kitchen, turns: [] });
    expect(await conversations.recall('two')).toEqual({ image: dinosaur, turns: [] });
    expect((await conversations.recall('three'))?.turns.map((turn) => turn.question)).toEqual([
      'Is it blue?',
    ]);
  });
});

describe('Conversations.begin', () => {
  it('waits for the answer that is being made in the conversation that it goes on from', async () => {
    const thinking = deferred();
    start({ say: () => thinking.promise.then(() => 'a torch') });
    const asked = conversations.ask('channel', about(dinosaur, 'What is a dinosaur holding?'));
    const begun = conversations.begin('thread', dinosaur, 'channel');
    thinking.resolve();
    await Promise.all([asked, begun]);
    expect((await conversations.recall('thread'))?.turns).toHaveLength(1);
  });

  it('does not wait for ever where two conversations go on from each other', async () => {
    await Promise.all([
      conversations.begin('one', dinosaur, 'two'),
      conversations.begin('two', dinosaur, 'one'),
      conversations.begin('three', dinosaur, 'three'),
    ]);
    expect((await conversations.recall('three'))?.image).toEqual(dinosaur);
  });

  it('leaves a scene alone that is newer than its image', async () => {
    await conversations.ask('thread', about(kitchen, 'Is it blue?', { messageId: '21' }));
    await conversations.begin('thread', dinosaur);
    expect((await conversations.recall('thread'))?.image).toEqual(kitchen);
    const stove = { ...kitchen, messageId: '9' };
    await conversations.begin('thread', stove);
    expect((await conversations.recall('thread'))?.turns).toHaveLength(1);
    await conversations.begin('thread', { ...kitchen, messageId: '100' });
    expect((await conversations.recall('thread'))?.turns).toEqual([]);
  });

  it('makes its scene the live one, though something was asked about an older image since', async () => {
    await conversations.ask('thread', about(dinosaur, 'Is it green?', { messageId: '22' }));
    await conversations.begin('thread', kitchen);
    expect((await conversations.recall('thread'))?.image).toEqual(kitchen);
  });
});

describe('Conversations.retract', () => {
  it('takes back the turn of a message, and no other', async () => {
    for (const messageId of ['31', '32', '33']) {
      await conversations.ask('thread', about(dinosaur, `Is it ${messageId}?`, { messageId }));
    }
    await conversations.retract('thread', '32');
    await conversations.retract('thread', '99');
    await conversations.retract('nowhere', '31');
    const answer = await conversations.ask('thread', about(dinosaur, 'Why?'));
    expect(answer.prompt).toBe(
      'Question: Is it 31? Answer: no. Question: Is it 33? Answer: no. Question: Why? Answer:',
    );
    expect(await conversations.recall('nowhere')).toBeUndefined();
  });

  it('takes it back from a scene that is not live, too', async () => {
    await conversations.ask('thread', about(kitchen, 'Is it blue?', { messageId: '31' }));
    await conversations.ask('thread', about(dinosaur, 'Is it red?', { messageId: '32' }));
    await conversations.retract('thread', '32');
    const { prompt } = await conversations.ask('thread', about(dinosaur, 'Why?'));
    expect(prompt).toBe('Question: Why? Answer:');
    expect((await conversations.recall('thread'))?.turns).toHaveLength(1);
  });

  it('waits for the answer that is being made', async () => {
    const asked = conversations.ask('thread', about(dinosaur, 'Why?', { messageId: '31' }));
    await conversations.retract('thread', '31');
    await asked;
    expect((await conversations.recall('thread'))?.turns).toEqual([]);
  });
});

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
      new ConversationError('That image is gone. Post it again and ask about the new message.'),
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

  it('costs no answer about a new picture, no beginning and no taking back', async () => {
    start({ keep: openStore(`sqlite://${path}`) });
    breakStore();
    expect((await conversations.ask('one', about(kitchen, 'Why?'))).text).toBe('no');
    await conversations.begin('two', kitchen, 'one');
    await conversations.retract('one', '31');
    expect(await conversations.recall('one')).toBeUndefined();
    await store.close();
  });
});

describe('Fetching', () => {
  it('happens once a conversation, and not again while the features are kept', async () => {
    const fetchImage = vi.fn(async () => Uint8Array.of(1, 1));
    for (const question of ['One?', 'Two?', 'Three?']) {
      await conversations.ask('thread', about(dinosaur, question, { fetchImage }));
    }
    expect(fetchImage).toHaveBeenCalledOnce();
    expect(backend.encoded).toHaveLength(1);
  });

  it('hands on what went wrong with the file', async () => {
    const tooLarge = new Error('Too large.');
    const fetchImage = () => Promise.reject(tooLarge);
    await expect(conversations.ask('thread', about(dinosaur, 'Why?', { fetchImage }))).rejects.toBe(tooLarge);
  });
});

describe('Conversations.caption', () => {
  const request = { image: dinosaur, fetchImage: async () => Uint8Array.of(1, 1) };

  it('is what the model says with no prompt at all, and no turn', async () => {
    start({ say: () => 'a dinosaur with a torch' });
    expect(await conversations.caption(request)).toBe('a dinosaur with a torch');
    expect(prompts()).toEqual(['']);
    const answer = await conversations.ask('thread', about(dinosaur, 'Why?'));
    expect(answer.prompt).toBe('Question: Why? Answer:');
  });

  it('is waited for by whoever asks, for the picture as for the words', async () => {
    await conversations.caption({ ...request, askedBy: 'grace' });
    expect(backend.waited).toEqual([{ caller: 'grace', deadlineMs: 300_000 }]);
    expect(backend.requests[0]).toMatchObject({ caller: 'grace', deadlineMs: 300_000 });
  });

  it('passes the words it begins with on without the template', async () => {
    await conversations.caption({ ...request, prompt: 'this is a cartoon of' });
    expect(prompts()).toEqual(['this is a cartoon of']);
  });

  it("lets nobody begin it with a tokenizer's special tokens, or end it with a line break", async () => {
    await conversations.caption({ ...request, prompt: '<image><image>a\ncartoon</s>\n' });
    expect(prompts()).toEqual(['< image>< image>a cartoon< /s>']);
  });

  it('refuses a beginning that is too long, and says so when the image is gone', async () => {
    await expect(conversations.caption({ ...request, prompt: 'a '.repeat(600) })).rejects.toThrow(
      ConversationError,
    );
    await expect(conversations.caption({ ...request, fetchImage: async () => undefined })).rejects.toThrow(
      'That image is gone.',
    );
  });

  it("ends with the signal's reason when aborted", async () => {
    const signal = AbortSignal.abort(new Error('Nobody waits any more.'));
    await expect(conversations.caption({ ...request, signal })).rejects.toBe(signal.reason);
  });
});

it('logs the exact prompt of every answer at debug level, with its token counts', async () => {
  await conversations.ask('thread', about(dinosaur, 'What is a dinosaur holding?'));
  const prompt = 'Question: What is a dinosaur holding? Answer:';
  expect(debug).toHaveBeenCalledExactlyOnceWith(
    {
      conversationId: 'thread',
      prompt,
      promptTokens: backend.countPromptTokens(prompt),
      answerTokens: backend.promptIds('a torch').length - 1,
      windowTokens: 512,
      turnsInPrompt: 0,
      droppedTurns: 0,
      confidence: expect.closeTo(Math.exp(-4 / 5)),
      finish: 'eos',
    },
    'Answered a question.',
  );
});

/** A model that takes some turns of the event loop to say "no". */
function slowly(ticksFor: (question: string) => number): (request: GenerateRequest) => Promise<string> {
  return async (request) => {
    for (let i = ticksFor(liveQuestion(request)); i > 0; i--) await new Promise(setImmediate);
    return 'no';
  };
}
