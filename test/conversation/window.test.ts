import { AIMessage, type BaseMessage, HumanMessage } from 'langchain';
import { describe, expect, it } from 'vitest';
import { ConversationError } from '../../conversation/errors.ts';
import { imageMessage, readDialogue } from '../../conversation/messages.ts';
import { problem } from '../../conversation/problems.ts';
import { type QuestionAndAnswer, renderPrompt } from '../../conversation/template.ts';
import { TokenWindow } from '../../conversation/window.ts';
import type { Backend } from '../../models/backend.ts';
import { fakeBackend } from './fake-backend.ts';
import { type Random, seededRandom } from './random.ts';

const backend = fakeBackend();

describe('TokenWindow.trim', () => {
  it('keeps the longest run of whole turns that fits, as trying all of them finds it', async () => {
    const random = seededRandom(512);
    for (let round = 0; round < 150; round++) {
      const turns = Array.from({ length: random.below(14) }, () => randomTurn(random));
      const question = words(random, 1 + random.below(12));
      const answerTokens = 1 + random.below(30);
      const alone = backend.countPromptTokens(renderPrompt([], question)) + answerTokens;
      const windowTokens = alone + random.below(200);
      const kept = await trim(backend, { windowTokens, answerTokens }, turns, question);
      expect(kept.question).toBe(question);
      expect(kept.turns).toEqual(bruteForce(backend, windowTokens - answerTokens, turns, question));
    }
  });

  it.each([1, 2, 3])(
    'keeps %i turns when they fill the window to the last token, and one less a token later',
    async (count) => {
      const turns = ['cat', 'red fox', 'boat'].map((thing) => ({
        question: `Is it a ${thing}?`,
        answer: 'yes',
      }));
      const question = 'What is it?';
      const exactly = backend.countPromptTokens(renderPrompt(turns.slice(-count), question)) + 10;
      const fit = async (windowTokens: number) =>
        (await trim(backend, { windowTokens, answerTokens: 10 }, turns, question)).turns.length;
      expect(await fit(exactly)).toBe(count);
      expect(await fit(exactly - 1)).toBe(count - 1);
    },
  );

  it('counts the joined prompt, where a turn can cost more or less than by itself', async () => {
    const joined = {
      ...backend,
      countPromptTokens: (prompt: string) => 16 + (prompt.match(/Question/g)?.length ?? 0) ** 2,
    };
    const turns = Array.from({ length: 9 }, (_, i) => ({ question: `${i}?`, answer: 'no' }));
    const kept = await trim(joined, { windowTokens: 16 + 36 + 4, answerTokens: 4 }, turns, 'And?');
    expect(kept.turns).toEqual(turns.slice(-5)); // six questions, squared
  });

  it('never takes more positions than the model has', async () => {
    const small = fakeBackend({ maxPositions: 60 });
    const turns = Array.from({ length: 10 }, (_, i) => ({ question: `What is ${i}?`, answer: 'a cat' }));
    const window = new TokenWindow(small, { windowTokens: 512, answerTokens: 10 });
    const kept = readDialogue(await window.trim(messagesOf(turns, 'Why?')));
    expect(window.windowTokens).toBe(60);
    expect(kept.turns).toEqual(bruteForce(small, 50, turns, 'Why?'));
    expect(kept.turns.length).toBeGreaterThan(0);
  });
});

describe('TokenWindow over an encoder-decoder', () => {
  const apart = fakeBackend({ answerSharesWindow: false, maxPositions: Number.POSITIVE_INFINITY });

  it('fills the whole window with the prompt, as the answer grows apart from it', async () => {
    const turns = Array.from({ length: 10 }, (_, i) => ({ question: `What is ${i}?`, answer: 'a cat' }));
    const window = new TokenWindow(apart, { windowTokens: 80, answerTokens: 40 });
    const kept = readDialogue(await window.trim(messagesOf(turns, 'Why?')));
    expect(window.windowTokens).toBe(80);
    expect(kept.turns).toEqual(bruteForce(apart, 80, turns, 'Why?'));
    expect(kept.turns.length).toBeGreaterThan(bruteForce(apart, 40, turns, 'Why?').length);
  });

  it('takes a window smaller than the answer, but none without room for a question', () => {
    const least = apart.countPromptTokens(renderPrompt([], '?'));
    const make = (windowTokens: number) => new TokenWindow(apart, { windowTokens, answerTokens: 100 });
    expect(make(least).windowTokens).toBe(least);
    expect(() => make(least - 1)).toThrow(RangeError);
  });
});

describe('TokenWindow.checkQuestion', () => {
  it('refuses a question that cannot fit alone, with its length and the limit', () => {
    const question = 'why '.repeat(100);
    const window = new TokenWindow(backend, { windowTokens: 80, answerTokens: 20 });
    const length = backend.promptIds(renderPrompt([], question)).length - 1;
    expect(() => window.checkQuestion(question)).toThrow(
      new ConversationError(problem('questionTooLong', { tokens: length, most: 43 })),
    );
  });

  it('takes a question of just that limit', () => {
    const question = 'What is in the picture?';
    const needed = backend.countPromptTokens(renderPrompt([], question)) + 20;
    const check = (windowTokens: number) =>
      new TokenWindow(backend, { windowTokens, answerTokens: 20 }).checkQuestion(question);
    expect(() => check(needed)).not.toThrow();
    expect(() => check(needed - 1)).toThrow(ConversationError);
  });
});

describe('TokenWindow', () => {
  it('says how large a window must be to hold anything', () => {
    expect(() => new TokenWindow(backend, { windowTokens: 40, answerTokens: 30 })).toThrow(
      "A window of 40 tokens can't hold the image, a question and an answer of 30. Use a window of at least 52 tokens, or leave less room for the answer.",
    );
  });

  it('calls those turns reachable that fit beside the shortest question', () => {
    const turns = Array.from({ length: 30 }, (_, i) => ({ question: `What is ${i}?`, answer: 'a cat' }));
    const window = new TokenWindow(backend, { windowTokens: 150, answerTokens: 20 });
    expect(window.reachable(turns)).toEqual(bruteForce(backend, 130, turns, '?'));
    expect(window.reachable(turns.slice(0, 3))).toEqual(turns.slice(0, 3));
  });
});

async function trim(
  model: Backend,
  limits: { windowTokens: number; answerTokens: number },
  turns: readonly QuestionAndAnswer[],
  question: string,
) {
  return readDialogue(await new TokenWindow(model, limits).trim(messagesOf(turns, question)));
}

function bruteForce(model: Backend, room: number, turns: readonly QuestionAndAnswer[], question: string) {
  const suffixes = turns.map((_, i) => turns.slice(i));
  return suffixes.find((suffix) => model.countPromptTokens(renderPrompt(suffix, question)) <= room) ?? [];
}

function messagesOf(turns: readonly QuestionAndAnswer[], question: string): BaseMessage[] {
  const past = turns.flatMap((turn) => [new HumanMessage(turn.question), new AIMessage(turn.answer)]);
  return [...past, imageMessage('an image', question)];
}

function randomTurn(random: Random): QuestionAndAnswer {
  return { question: words(random, 1 + random.below(10)), answer: words(random, 1 + random.below(8)) };
}

function words(random: Random, count: number): string {
  const some = [
    'cat',
    'What',
    'is',
    'zebra',
    'été',
    '🦀',
    'blue?',
    'no.',
    'antidisestablishment',
    '42',
    '...',
    'and',
  ];
  return Array.from({ length: count }, () => random.pick(some)).join(' ');
}
