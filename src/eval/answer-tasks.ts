// Asks the model one thing after the other, several at once, and yields the answers in order.
import type { Backend, ImageFeatures } from '../../models/backend.ts';
import { pickOptions } from '../../models/generation/options.ts';
import { encodeOnce } from '../encode-once.ts';
import { inOrder } from '../in-order.ts';
import { UsageError } from '../usage-error.ts';
import { type Protocol, promptThatFits } from './protocol.ts';
import type { Task } from './tasks.ts';

export interface TaskAnswer {
  readonly id: string;
  readonly history: boolean;
  readonly answer: string;
  /** ln of its probability. */
  readonly logprob: number;
}

export interface AnswerMeans {
  readonly backend: Backend;
  readonly protocol: Protocol;
  /** The bytes of an item's image; `path` is for people. */
  readonly readImage: (name: string) => Promise<{ readonly path: string; readonly bytes: Uint8Array }>;
  /** So many are under way at once. */
  readonly atOnce: number;
  readonly signal: AbortSignal;
}

/** @throws UsageError naming an image that is none, or a question that is too long */
export async function* answerTasks(tasks: readonly Task[], means: AnswerMeans): AsyncGenerator<TaskAnswer> {
  const { atOnce, signal } = means;
  const left = new AbortController();
  const stop = AbortSignal.any([signal, left.signal]);
  const encode = encoderOf(means, stop);
  const work = async (task: Task) => {
    try {
      return { answer: await answerTask(task, await encode(task.item.images[0] ?? ''), means, stop) };
    } catch (error) {
      return { error };
    }
  };
  try {
    for await (const result of inOrder(each(tasks), work, atOnce)) {
      signal.throwIfAborted();
      if ('error' in result) throw result.error;
      yield result.answer;
    }
  } finally {
    left.abort();
  }
}

async function* each<T>(values: readonly T[]): AsyncGenerator<T, void, void> {
  yield* values;
}

function encoderOf({ backend, readImage }: AnswerMeans, signal: AbortSignal) {
  const encode = encodeOnce(backend);
  return async (name: string): Promise<ImageFeatures> => {
    const { path, bytes } = await readImage(name);
    return encode(bytes, { signal }).catch((error: Error) => {
      throw error.name === 'ImageError'
        ? new UsageError(`${path}: ${error.message}`, { cause: error })
        : error;
    });
  };
}

async function answerTask(
  { item, history }: Task,
  features: ImageFeatures,
  { backend, protocol }: AnswerMeans,
  signal: AbortSignal,
): Promise<TaskAnswer> {
  const asking = protocol[item.sort];
  const prompt =
    item.sort === 'caption'
      ? protocol.captionPrompt
      : promptThatFits(
          protocol.questionPrompt,
          { question: item.question, before: history ? item.before : [] },
          asking.maxNewTokens,
          { info: backend.info, countPromptTokens: (text) => backend.countPromptTokens(text) },
        );
  if (backend.countPromptTokens(prompt) >= backend.info.maxPositions) {
    throw new UsageError(`Question ${item.id} is longer than ${backend.info.name} can read. Leave it out.`);
  }
  const { maxNewTokens, stop } = asking;
  const tokens = backend.generate({
    ...pickOptions(asking),
    features,
    prompt,
    maxNewTokens,
    stop,
    signal,
    atOnce: true,
  });
  let step = await tokens.next();
  while (!step.done) step = await tokens.next();
  return { id: item.id, history, answer: step.value.text, logprob: step.value.logprob };
}
