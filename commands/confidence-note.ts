// What stands under what the model is not sure of.
import { say } from './texts/texts.ts';

/**
 * Of 24,437 answers of the embedded checkpoint about fresh scenes, 22,413 of them right, it was less sure than this of 18 %
 * of the wrong ones and of 0.7 % of the right ones: seven of ten that it doubts are wrong. At 0.7 it would have doubted
 * 7 % and 0.1 % of them, at 0.9 42 % and 2.5 %. `npm run bench -- scenes` measures that anew, for any checkpoint.
 */
const unsureBelow = 0.8;

/** Empty where it is sure, or said nothing; otherwise it begins on a line of its own. */
export function confidenceNote(
  { text, confidence }: { readonly text: string; readonly confidence: number },
  locale: string,
): string {
  return text === '' || confidence >= unsureBelow ? '' : `\n-# ${say(locale, 'notSure')}`;
}
