// What stands under what the model is not sure of.
import { say } from './texts/texts.ts';

/**
 * Of 806 answers of the embedded checkpoint about fresh scenes, 514 of them right, it was less sure than this of 46 % of
 * the wrong ones and of 13 % of the right ones: two in three of those that it doubts are wrong. At 0.8 it would have
 * doubted 25 % and 6 % of them, at 0.9 65 % and 23 %. `npm run bench -- scenes` measures that anew, for any checkpoint.
 */
const unsureBelow = 0.85;

/** Empty where it is sure, or said nothing; otherwise it begins on a line of its own. */
export function confidenceNote(
  { text, confidence }: { readonly text: string; readonly confidence: number },
  locale: string,
): string {
  return text === '' || confidence >= unsureBelow ? '' : `\n-# ${say(locale, 'notSure')}`;
}
