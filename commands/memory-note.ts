// What stands under an answer about the memory itself.
import type { Answer } from '../conversation/conversations.ts';
import { say } from './texts/texts.ts';

/** Empty where there is nothing to say; otherwise it begins on a line of its own. */
export function memoryNote(
  { isRemembered, newlyDroppedTurns, droppedTurns }: Answer,
  locale: string,
): string {
  if (!isRemembered) return `\n${say(locale, 'memoryFails')}`;
  if (newlyDroppedTurns === 0) return '';
  return `\n-# ${say(locale, 'memorySlides', { count: droppedTurns })}`;
}
