import type { ModelInfo } from '../backend.ts';

type Window = Pick<ModelInfo, 'maxPositions' | 'answerSharesWindow'>;

/** How many tokens an answer may have after so many of the picture and the prompt; below 1: the prompt is too long. */
export function answerRoom(promptTokens: number, { maxPositions, answerSharesWindow }: Window): number {
  const left = maxPositions - promptTokens;
  if (answerSharesWindow) return left;
  return left < 0 ? 0 : Number.POSITIVE_INFINITY;
}
