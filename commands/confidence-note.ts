// What stands under what the model is not sure of.
import { say } from './texts/texts.ts';

/**
 * Of 6,984 answers of the embedded checkpoint about fresh scenes, 5,705 of them right, it was less sure than this of 9 %
 * of the wrong ones and of 1.5 % of the right ones: 57 in 100 of those that it doubts are wrong. At 0.7 it would have
 * doubted 3 % and 0.3 % of them, at 0.9 20 % and 5 %. `npm run bench -- scenes` measures that anew, for any checkpoint.
 */
const unsureBelow = 0.8;

/** Empty where it is sure, or said nothing; otherwise it begins on a line of its own. */
export function confidenceNote(
  { text, confidence }: { readonly text: string; readonly confidence: number },
  locale: string,
): string {
  return text === '' || confidence >= unsureBelow ? '' : `\n-# ${say(locale, 'notSure')}`;
}
