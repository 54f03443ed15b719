// Parts of the patterns that find what a question names, in languages that put spaces between words.

export const digits = '\\d{1,2}';
const wordStart = '(?<![\\p{L}\\p{N}])';
const wordEnd = '(?![\\p{L}\\p{N}])';

/** Of whole words. Letters with accents count as parts of a word as well, unlike with `\b`. */
export function latin(pattern: string): RegExp {
  return new RegExp(`${wordStart}(?:${pattern})${wordEnd}`, 'iu');
}

export const notAfter = (words: string) => `(?<!${wordStart}(?:${words}) )`;
/** Or at the beginning of a sentence. */
export const onlyAfter = (words: string) => `(?<=^|[,.;:!?¿] ?|${wordStart}(?:${words}) )`;
/** Or before the end of a sentence: "auf dem Bild zwei Hunde" and "in the picture two dogs" name none. */
export const onlyBefore = (words: string) => `(?=\\s*(?:$|[,.;:!?)]|(?:${words})${wordEnd}))`;
export const notBefore = (words: string) => `(?! (?:${words})${wordEnd})`;
export const atEnd = '(?=\\s*(?:$|[,.;:!?)]))';
