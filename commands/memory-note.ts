// What stands under an answer about the memory itself.
import type { Answer } from '../conversation/conversations.ts';

export const withoutMemory =
  "*My memory fails: I may not know what was said before, and won't remember this. Please tell whoever runs me.*";

/** Empty where there is nothing to say; otherwise it begins on a line of its own. */
export function memoryNote({ isRemembered, newlyDroppedTurns, droppedTurns }: Answer): string {
  if (!isRemembered) return `\n${withoutMemory}`;
  if (newlyDroppedTurns === 0) return '';
  const first = droppedTurns === 1 ? 'question' : `${droppedTurns} questions`;
  return `\n-# From here on I no longer remember the first ${first}.`;
}
