// What an answer tells beside its text: tokens in and out, the exact prompt, how it ended.
import type { AIMessageChunk } from '@langchain/core/messages';
import type { Generation } from '../models/backend.ts';
import type { PreparedRequest } from './prepare-request.ts';

/** What stands in an answer's `response_metadata`. */
export interface Blip2ResponseMetadata extends Record<string, unknown> {
  /** The exact prompt that went to the tokenizer. */
  readonly prompt: string;
  /** Query tokens + BOS + prompt. */
  readonly promptTokens: number;
  readonly answerTokens: number;
  /** Turns that the prompt held before the live question. */
  readonly turns: number;
  readonly finish: Generation['finish'];
  /** ln of the answer's probability: how sure the model is of it. */
  readonly logprob: number;
}

export function describeAnswer({ request, turns }: PreparedRequest, generation: Generation) {
  const { promptTokens, finish, logprob } = generation;
  const { completionTokens: answerTokens, totalTokens } = tokenUsage(generation);
  const { prompt } = request;
  const metadata: Blip2ResponseMetadata = { prompt, promptTokens, answerTokens, turns, finish, logprob };
  return {
    response_metadata: metadata,
    usage_metadata: { input_tokens: promptTokens, output_tokens: answerTokens, total_tokens: totalTokens },
  };
}

/** As LangChain's other models report it to handlers. */
export function tokenUsage({ promptTokens, tokens }: Generation) {
  const completionTokens = tokens.length;
  return { promptTokens, completionTokens, totalTokens: promptTokens + completionTokens };
}

/** How likely the model found each token of its answer, on average (geometric mean), from 0 to 1. */
export function confidenceOf(answer: AIMessageChunk): number {
  return confidence(answer.response_metadata as Blip2ResponseMetadata);
}

export function confidence({
  answerTokens,
  finish,
  logprob,
}: Pick<Blip2ResponseMetadata, 'answerTokens' | 'finish' | 'logprob'>): number {
  // The EOS that ended the answer counts in its probability, and not among its tokens.
  return Math.exp(logprob / Math.max(1, answerTokens + (finish === 'eos' ? 1 : 0)));
}
