// From a caption to a text that a screen reader reads in place of the picture.
import { Locale } from 'discord.js';
import { say, translations } from './texts/texts.ts';

/** Some screen readers cut off what is longer. */
const maxCharacters = 124;

/**
 * Says, in the language of whoever asked, that a machine made it. Undefined where the model said nothing.
 * @param locale as Discord names it
 */
export function altTextOf(caption: string, locale: string): string | undefined {
  const text = withoutNeedless(caption.replace(/\s+/g, ' ').trim());
  return text === '' ? undefined : shortened(say(locale, 'machineMade', { text }));
}

/** Whether `altTextOf` made it, in whatever language. What people wrote themselves is not to be replaced. */
export function isMachineMade(description: string): boolean {
  return [Locale.EnglishUS, ...Object.keys(translations)].some((locale) =>
    description.startsWith(say(locale, 'machineMade', { text: '' }).trimEnd()),
  );
}

const picture = '(?:picture|image|photo|photograph|pic|snapshot)s?';
const lead =
  "(?:(?:(?:this|that|it|here|there)(?: (?:is|are|was|were)|['’]s)|(?:here )?(?:we|you|i|one) (?:can )?see|(?:we|you) are looking at) )?";
const several = '(?:(?:(?:an?|the|this) )?(?:pair|set|series|collection|couple|bunch|group) of )?';
const article = `${several}(?:(?:an?|the|this|that|these|those|some|one|two|three|several) )?`;
/** After such a word, a picture is a thing that is seen in this one. */
const ends =
  "an?|the|and|or|with|of|in|on|at|by|for|from|to|is|are|has|have|holds?|takes?|shows?|wears?|looks?|draws?|(?!(?:amazing|charming|evening|interesting|morning|striking|stunning|wedding)\\b)[\\p{L}'’-]+ing";
/** What kind of picture, as in "an old black and white photo". */
const kind = `(?:(?:black (?:and|&) white|(?!(?:${ends})\\b)[\\p{L}\\d'’-]+),? ){0,5}`;
const that = '(?:(?:that|which) )?';
const showing =
  'showing|depicting|featuring|containing|capturing|portraying|presenting|displaying|illustrating|representing|including';
const shown =
  'shows?|depicts?|features?|contains?|captures?|portrays?|presents?|displays?|illustrates?|represents?|includes?|consists? of|has|have|is of';
const shows = `of|with|in which|where|${that}(?:(?:is |are )?(?:${showing})|${shown})`;
const taken = 'taken|shot|captured|snapped';
const takenOf = `(?:${that}(?:(?:is|are|was|were|has been|being) )?(?:${taken})|(?:I|we|you|someone|somebody) (?:took|shot|captured)) of`;
const opening = '(?:(?:there (?:is|are)|(?:we|you|i|one) (?:can )?see|it shows) )?';
const subject = '(?:there|we|you|i|one|an?|the|is|are|it|some|two|three|several|people)';

/** The reader says by itself that it stands before a picture. */
const needless = [
  new RegExp(`^${lead}${article}${kind}${picture},? (?:${shows}|${takenOf}) `, 'iu'),
  // From where it was taken tells something.
  new RegExp(`^${lead}${article}${kind}${picture} (?=(?:${taken}) )`, 'iu'),
  new RegExp(
    `^(?:in|on) (?:this|that|the|an?) ${kind}${picture}(?:(?: ?[,:])|(?= ${subject}\\b)) ?${opening}`,
    'iu',
  ),
  new RegExp(`^${lead}${article}${kind}${picture} ?[:–—-] `, 'iu'),
];

function withoutNeedless(caption: string): string {
  const shorter = needless.reduce((text, phrase) => text.replace(phrase, ''), caption);
  return shorter === caption ? caption : withoutNeedless(shorter);
}

/** Cut at a word, where there is one near the end; never within what people see as one character. */
function shortened(text: string): string {
  if (charactersIn(text) <= maxCharacters) return text;
  let head = '';
  for (const { segment } of new Intl.Segmenter().segment(text)) {
    if (charactersIn(head) + charactersIn(segment) >= maxCharacters) break;
    head += segment;
  }
  const next = text.slice(head.length);
  const atWord = /^\s/.test(next) ? head : head.replace(/\s+\S*$/u, '');
  const isNearEnd = charactersIn(atWord) > maxCharacters / 2;
  return `${(isNearEnd ? atWord : head).trimEnd()}…`;
}

function charactersIn(text: string): number {
  return [...text].length;
}
