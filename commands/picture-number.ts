// Finds in a question which of several pictures it names: "picture 2", "the second picture", or just "2".

export interface NamedPicture {
  /** From 1; -1 for the last. */
  readonly number: number;
  /** The question as it is put about that picture alone; empty where it only names one. */
  readonly rest: string;
}

export const ordinals = [
  'first',
  'second',
  'third',
  'fourth',
  'fifth',
  'sixth',
  'seventh',
  'eighth',
  'ninth',
  'tenth',
];

const nouns = '(?:picture|image|photo|pic)';
const onlyNumber = /^#?(\d{1,2})[.!?]?$/;
const numbered = new RegExp(`\\b(?:the )?${nouns} (?:number |no\\.? |#)?(\\d{1,2})\\b`, 'i');
const ordinal = new RegExp(
  `\\b(?:the )?(${ordinals.join('|')}|last|(\\d{1,2})(?:st|nd|rd|th)) ${nouns}\\b`,
  'i',
);

/** Undefined where it names none. */
export function namedPicture(question: string): NamedPicture | undefined {
  const text = question.trim();
  const alone = onlyNumber.exec(text);
  if (alone) return { number: Number(alone[1]), rest: '' };
  const found = numbered.exec(text) ?? ordinal.exec(text);
  if (!found) return undefined;
  const [phrase, word = '', digits = word] = found;
  const rest = text.replace(phrase, 'the picture').replace(/^the picture[.!?]?$/i, '');
  return { number: numberOf(word, digits), rest };
}

function numberOf(word: string, digits: string): number {
  if (/^last$/i.test(word)) return -1;
  const place = ordinals.indexOf(word.toLowerCase());
  return place === -1 ? Number(digits) : place + 1;
}
