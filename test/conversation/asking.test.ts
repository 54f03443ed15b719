// What a question becomes on its way to the model, what is kept of it, and what its answer tells.
import { beforeEach, describe, expect, it, vi } from 'vitest';
import type { AskRequest } from '../../conversation/conversations.ts';
import { ConversationError } from '../../conversation/errors.ts';
import { problem } from '../../conversation/problems.ts';
import { about, dinosaur, type Memory, type MemoryOptions, openMemory, promptsTo } from './memory.ts';

let backend: Memory['backend'];
let conversations: Memory['conversations'];
let log: Memory['log'];
beforeEach(() => start());

function start(options: MemoryOptions = {}): void {
  ({ backend, conversations, log } = openMemory(options));
}

describe('Conversations.ask', () => {
  it('tells the model who asks, so that people take turns, and how long they wait', async () => {
    await conversations.ask('thread', about(dinosaur, 'Where are they?', { askedBy: 'grace' }));
    const [{ caller, deadlineMs } = {}] = backend.requests;
    expect(caller).toBe('grace');
    expect(deadlineMs).toSatisfy((ms) => ms > 290_000 && ms <= 300_000); // less what went by
    expect(backend.waited).toMatchObject([{ caller: 'grace', deadlineMs: 300_000 }]);
  });

  it("asks the third question with both turns before it, as in BLIP-2's published example", async () => {
    await conversations.ask('thread', about(dinosaur, 'What is a dinosaur holding?'));
    await conversations.ask('thread', about(dinosaur, 'Where are they?'));
    const answer = await conversations.ask('thread', about(dinosaur, 'What for?'));
    const prompt =
      'Question: What is a dinosaur holding? Answer: a torch. Question: Where are they? Answer: In the woods.. Question: What for? Answer:';
    expect(promptsTo(backend)[2]).toBe(prompt);
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

  it('refuses an empty question, and one that is too long, before it fetches anything', async () => {
    const fetchImage = vi.fn<AskRequest['fetchImage']>();
    const ask = (question: string) => conversations.ask('thread', about(dinosaur, question, { fetchImage }));
    await expect(ask(' \n ')).rejects.toThrow(new ConversationError(problem('noQuestion')));
    await expect(ask('why '.repeat(600))).rejects.toThrow(
      /^That is [\d,]{3,} tokens long, and at most 475 fit beside the image/,
    );
    expect(fetchImage).not.toHaveBeenCalled();
    expect(await conversations.recall('thread')).toBeUndefined();
  });
});

describe('A window that is full', () => {
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

it('logs the exact prompt of every answer at debug level, with its token counts', async () => {
  await conversations.ask('thread', about(dinosaur, 'What is a dinosaur holding?'));
  const prompt = 'Question: What is a dinosaur holding? Answer:';
  expect(log.debug).toHaveBeenCalledExactlyOnceWith(
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
