// What stands under what the model is not sure of.
import { say } from './texts/texts.ts';

/**
 * Of 26,021 answers of the embedded checkpoint about fresh scenes, 23,903 of them right, it was less sure than this of 22 %
 * of the wrong ones and of 1 % of the right ones: two of three that it doubts are wrong. At 0.7 it would have doubted
 * 8 % and 0.2 % of them, at 0.9 46 % and 3.6 %. `npm run bench -- scenes` measures that anew, for any checkpoint.
 */
const unsureBelow = 0.8;

/** Empty where it is sure, or said nothing; otherwise it begins on a line of its own. */
export function confidenceNote(
  { text, confidence }: { readonly text: string; readonly confidence: number },
  locale: string,
): string {
  return text === '' || confidence >= unsureBelow ? '' : `\n-# ${say(locale, 'notSure')}`;
}
