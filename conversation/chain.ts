// How one question is answered, as a LangChain chain: recall the turns that fit, ask the model, keep the new turn. Kept
// by a step of its own and not by RunnableWithMessageHistory, which saves in a background callback: an answer would be
// shown before its turn is safe, and a failed save would pass unseen.
import type { AIMessageChunk, HumanMessage } from '@langchain/core/messages';
import { Runnable, type RunnableConfig, RunnableSequence } from '@langchain/core/runnables';
import type { GenerationOptions } from '../models/backend.ts';
import type { Blip2ChatModel } from './chat-model.ts';
import type { OnProgress } from './conversations.ts';
import type { TurnMemory } from './history.ts';
import { textOf } from './messages.ts';
import { hearingOf } from './progress.ts';
import type { TokenWindow } from './window.ts';

export interface ChainParts {
  readonly memory: TurnMemory;
  readonly window: TokenWindow;
  readonly model: Blip2ChatModel;
  /** Whoever asks, and how long the answer may take: as in Blip2CallOptions. */
  readonly caller: string;
  readonly deadlineMs: number;
  readonly sampling?: GenerationOptions;
  readonly onProgress?: OnProgress;
  readonly signal?: AbortSignal;
}

/**
 * To be invoked with the question, with its image. An aborted or failed answer leaves no turn, and neither does an empty
 * one, which would teach the model to say nothing again.
 *
 * The signal goes to the model alone: given to the whole chain, LangChain would stop waiting for a step that goes on.
 */
export function answerChain(
  question: HumanMessage,
  { memory, window, model, caller, deadlineMs, sampling = {}, onProgress, signal }: ChainParts,
): Runnable<HumanMessage, AIMessageChunk> {
  const recall = async (live: HumanMessage) => window.trim([...(await memory.getMessages()), live]);
  const ask = model.withConfig({
    ...sampling,
    caller,
    deadlineMs,
    ...hearingOf(onProgress),
    ...(signal && { signal }),
  });
  const keep = async (answer: AIMessageChunk) => {
    signal?.throwIfAborted();
    if (textOf(answer) !== '') await memory.addMessages([question, answer]);
    return answer;
  };
  return RunnableSequence.from([new Step(recall), ask, new Step(keep)]);
}

/** Tells callbacks of itself as RunnableLambda does, without a context of its own, which nothing here looks for. */
class Step<Input, Output> extends Runnable<Input, Output> {
  lc_namespace = ['blipcord', 'conversation'];
  readonly #work: (input: Input) => Promise<Output>;

  constructor(work: (input: Input) => Promise<Output>) {
    super();
    this.#work = work;
  }

  async invoke(input: Input, config?: Partial<RunnableConfig>): Promise<Output> {
    return this._callWithConfig(this.#work, input, config);
  }
}
