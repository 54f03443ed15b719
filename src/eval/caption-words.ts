// A caption's words as pycocoevalcap counts them: Stanford's PTBTokenizer in lower case, less some punctuation. Its rules
// for ordinary captions are written again here; docs/evaluation.md says where others may differ.

/** Their full stop belongs to them. */
const ABBREVIATIONS =
  'mr|mrs|ms|dr|prof|st|mt|ft|ave|blvd|rd|jr|sr|inc|co|corp|ltd|bros|vs|etc|dept|gen|col|sgt|lt|capt|rev|hon|gov|' +
  'sen|rep|pres|messrs|jan|feb|mar|apr|jun|jul|aug|sept?|oct|nov|dec|mon|tues?|wed|thurs?|fri|est|assn|bldg|univ|no(?=\\.\\s*\\d)';
const SUFFIX = "(?:n't|'(?:s|m|d|ll|re|ve))(?![\\p{L}\\p{N}])";
const LETTER = '[\\p{L}\\p{M}\\p{N}_]';

/** The first that fits takes its part of the caption. */
const TOKEN = new RegExp(
  [
    'https?:\\/\\/[^\\s,]+|www\\.[^\\s,]*\\w|[\\w.]+@[\\w.]+\\w', // addresses
    '(?<!\\S)[:;]-?[()](?!\\S)|<\\/?[a-z]+>|(?<!\\S)[#@][a-z]\\w*',
    '(?:\\p{L}\\.){2,}(?:\\p{L}(?!\\p{L}))?', // u.s., p.m.
    `(?<!${LETTER})(?:${ABBREVIATIONS})\\.`,
    SUFFIX,
    "(?<=\\p{L})'n'(?=\\p{L})|(?<!\\p{L})'(?:n'?|em|cause|til|till|round|bout|\\p{N}{2}s)(?!\\p{L})", // rock 'n' roll, '80s
    "[cd]'(?:mon|you)|y'(?=all)|'t(?=is|was)|o'clock|ma'am|[dlo]'\\p{L}+", // apostrophes inside of words
    '(?<!\\S)[-+]?(?:\\p{N}+(?:[.,:/]\\p{N}+)+|\\.\\p{N}+)|(?<!\\S)[-+]\\p{N}+', // 1,000, 5:30, .5, -5
    '\\p{N}+(?:[.,:/]\\p{N}+)+',
    `${LETTER}+(?:[-/.!?]${LETTER}+)*?(?=${SUFFIX}|'n'\\p{L})`, // is|n't
    `${LETTER}+(?:[-/.!?]${LETTER}+)*`, // black-and-white
    '--+|\\.{2,}|[!?]{2,}',
    '\\S',
  ].join('|'),
  'giu',
);

/** What two words are written as one. */
const PARTS: Readonly<Record<string, readonly string[]>> = {
  cannot: ['can', 'not'],
  gonna: ['gon', 'na'],
  gotta: ['got', 'ta'],
  wanna: ['wan', 'na'],
  lemme: ['lem', 'me'],
  gimme: ['gim', 'me'],
};
/** The tokenizer's names for brackets, which lower case keeps from being dropped. */
const NAMES: Readonly<Record<string, string>> = {
  '(': '-lrb-',
  ')': '-rrb-',
  '[': '-lsb-',
  ']': '-rsb-',
  '{': '-lcb-',
  '}': '-rcb-',
};
const DROPPED = /^(?:'|''|"|`|``|\.|\?|!|,|:|-|-{2,}|\.{2,}|;)$/;

export function captionWords(caption: string): string[] {
  const text = plainMarks(caption).toLowerCase();
  return [...text.matchAll(TOKEN)]
    .flatMap(
      ([token]) => PARTS[token] ?? [token.replace(/[()[\]{}]/g, (bracket) => NAMES[bracket] ?? bracket)],
    )
    .filter((token) => !DROPPED.test(token));
}

function plainMarks(text: string): string {
  return text
    .replace(/[‘’]/g, "'")
    .replace(/[“”]/g, '"')
    .replace(/[–—]/g, '--')
    .replace(/…/g, '...')
    .replace(/&amp;/g, '&');
}
