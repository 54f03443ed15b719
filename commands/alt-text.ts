// From a caption to a text that a screen reader reads in place of the picture.
import { splitText } from './split-text.ts';

/** Some screen readers cut off what is longer. */
const maxCharacters = 124;
const machineMade = 'Machine-made description: ';
/** The reader says by itself that it stands before a picture. */
const needless =
  /^(?:(?:this|that|it|here)(?: is|['’]s) )?(?:(?:an?|the) )?(?:picture|image|photo|photograph) (?:of|showing|that shows)\s+/i;

/** Says that a machine made it. Undefined where the model said nothing. */
export function altTextOf(caption: string): string | undefined {
  let text = caption.replace(/\s+/g, ' ').trim();
  while (needless.test(text)) text = text.replace(needless, '');
  if (text === '') return undefined;
  const whole = `${machineMade}${text}`;
  return whole.length <= maxCharacters ? whole : `${splitText(whole, maxCharacters - 1)[0]}…`;
}
