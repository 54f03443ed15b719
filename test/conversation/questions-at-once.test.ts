// Questions that wait for each other, and those that end without an answer.
import { beforeEach, describe, expect, it, vi } from 'vitest';
import type { AskRequest } from '../../conversation/conversations.ts';
import {
  about,
  dinosaur,
  liveQuestion,
  type Memory,
  type MemoryOptions,
  openMemory,
  promptsTo,
  slowly,
} from './memory.ts';

let backend: Memory['backend'];
let conversations: Memory['conversations'];
beforeEach(() => start());

function start(options: MemoryOptions = {}): void {
  ({ backend, conversations } = openMemory(options));
}

describe('Questions at once', () => {
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

  it('answers two who ask at once one after the other, the second with the turn of the first', async () => {
    start({ say: slowly((question) => (question === 'First?' ? 5 : 0)) });
    await Promise.all([
      conversations.ask('thread', about(dinosaur, 'First?')),
      conversations.ask('thread', about(dinosaur, 'Second?', { askedBy: 'grace' })),
    ]);
    expect(promptsTo(backend)).toEqual([
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
    expect(promptsTo(backend)).toContain('Question: Fast? Answer:');
  });
});

describe('A question that gets no answer', () => {
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
});
