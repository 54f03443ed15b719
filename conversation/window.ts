// The token window: which turns still fit beside the image, the live question and the answer to come.
import { setImmediate } from 'node:timers/promises';
import { type BaseMessage, trimMessages } from '@langchain/core/messages';
import type { Backend } from '../models/backend.ts';
import { ConversationError } from './errors.ts';
import { imagesOf, readDialogue } from './messages.ts';
import { problem } from './problems.ts';
import { type QuestionAndAnswer, renderPrompt } from './template.ts';

export interface WindowOptions {
  /**
   * Query tokens + BOS + prompt + answer never exceed this; capped by the model's positions. With a model whose
   * answer grows apart from the prompt, as T5's does, query tokens + prompt alone.
   */
  readonly windowTokens: number;
  /** Room kept for the answer, where it shares the window. */
  readonly answerTokens: number;
}

/** Counts with the checkpoint's own tokenizer, always on the whole joined prompt. */
export class TokenWindow {
  readonly windowTokens: number;
  readonly answerTokens: number;
  /** Of them, what takes room in the window. */
  readonly answerRoom: number;
  readonly #backend: Backend;
  /** What query tokens + BOS + prompt may take. */
  readonly #promptRoom: number;
  /** Query tokens + BOS. */
  readonly #imageTokens: number;

  /** @throws RangeError when not even a short question would fit */
  constructor(backend: Backend, { windowTokens, answerTokens }: WindowOptions) {
    this.#backend = backend;
    this.windowTokens = Math.min(windowTokens, backend.info.maxPositions);
    this.answerTokens = answerTokens;
    this.answerRoom = backend.info.answerSharesWindow ? answerTokens : 0;
    this.#promptRoom = this.windowTokens - this.answerRoom;
    this.#imageTokens = this.countPrompt('');
    const least = backend.countPromptTokens(SHORTEST) + this.answerRoom;
    if (this.windowTokens < least) {
      throw new RangeError(
        `A window of ${this.windowTokens} tokens can't hold the image, a question and an answer of ${this.answerRoom}. ` +
          `Use a window of at least ${least} tokens, or leave less room for the answer.`,
      );
    }
  }

  /** @throws ConversationError, safe to show, when the question can't fit even without any turn before it */
  checkQuestion(question: string): void {
    this.checkPrompt(renderPrompt([], question));
  }

  /** @throws ConversationError, safe to show */
  checkPrompt(prompt: string): void {
    const count = this.countPrompt(prompt);
    if (count <= this.#promptRoom) return;
    throw new ConversationError(
      problem('questionTooLong', {
        tokens: count - this.#imageTokens,
        most: this.#promptRoom - this.#imageTokens,
      }),
    );
  }

  /**
   * Drops the oldest turns, each of them whole, until the rest fits.
   * @param messages turns in order, then the live question, which carries the image and is never cut
   */
  async trim(messages: BaseMessage[]): Promise<BaseMessage[]> {
    const count = this.#countMessages(messages);
    if (count <= this.#promptRoom) return messages;
    return trimMessages(messages, {
      strategy: 'last',
      startOn: 'human',
      maxTokens: this.#promptRoom,
      tokenCounter: this.#dialogueCounter(new Map([[messages.length, count]])),
    });
  }

  /** Query tokens + BOS + prompt. */
  countPrompt(prompt: string): number {
    return this.#backend.countPromptTokens(prompt);
  }

  /** The newest turns that some question can still be asked with; the others no prompt will ever hold again. */
  reachable<T extends QuestionAndAnswer>(turns: readonly T[]): readonly T[] {
    if (this.#surelyFits(renderPrompt(turns, '?'))) return turns;
    let kept = turns;
    while (kept.length > 0 && this.#count(kept, '?') > this.#promptRoom) kept = kept.slice(1);
    return kept;
  }

  /**
   * trimMessages takes one message after the other off the old end and counts what is left, newest first. Half a turn
   * is counted as if it were gone already, because `startOn` takes it off in the end.
   */
  #dialogueCounter(counts: Map<number, number>): (messages: BaseMessage[]) => Promise<number> {
    return async (messages) => {
      const whole = wholeTurns(inOrder(messages));
      const known = counts.get(whole.length);
      if (known !== undefined) return known;
      await setImmediate(); // a count takes about a millisecond: let the event loop breathe between them
      const count = this.#countMessages(whole);
      counts.set(whole.length, count);
      return count;
    };
  }

  /**
   * Without counting: a token is at least a byte long. T5's normalizer makes several characters of some rare ones, which
   * is no harm where it is only about what is kept.
   */
  #surelyFits(prompt: string): boolean {
    return this.#imageTokens + Buffer.byteLength(prompt) <= this.#promptRoom;
  }

  #countMessages(messages: readonly BaseMessage[]): number {
    const { turns, question } = readDialogue(messages);
    return this.#count(turns, question);
  }

  #count(turns: readonly QuestionAndAnswer[], question: string): number {
    return this.countPrompt(renderPrompt(turns, question));
  }
}

const SHORTEST = renderPrompt([], '?');

/** The live question is the one that carries the image, and it is the newest. */
function inOrder(messages: BaseMessage[]): BaseMessage[] {
  const newestFirst = messages[0] !== undefined && imagesOf(messages[0]).length > 0;
  return newestFirst ? messages.toReversed() : messages;
}

function wholeTurns(messages: BaseMessage[]): BaseMessage[] {
  return messages[0]?.type === 'ai' ? messages.slice(1) : messages;
}
