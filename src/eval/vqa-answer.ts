// When two answers are the same to VQA's published scoring: https://github.com/GT-Vision-Lab/VQA, vqaEval.py. What looks
// odd here is so there, and results are compared by it.
import { contractions } from './contractions.ts';

const PUNCTUATION = [...';/[]"{}()=+\\_-><@`,?!'];
const ARTICLES = new Set(['a', 'an', 'the']);
const NUMBERS: Readonly<Record<string, string>> = {
  none: '0',
  zero: '0',
  one: '1',
  two: '2',
  three: '3',
  four: '4',
  five: '5',
  six: '6',
  seven: '7',
  eight: '8',
  nine: '9',
  ten: '10',
};
/** So many full stops are taken away at most: there a flag stands in the place of that count. */
const MOST_STOPS = 32;

/** Lower case, without articles and punctuation, small numbers in digits, apostrophes where they belong. */
export function normaliseAnswer(answer: string): string {
  return plainWords(withoutPunctuation(answer));
}

/** What is done to all answers first, whether they are normalised or not. */
export function trimAnswer(answer: string): string {
  return answer.replace(/[\n\t]/g, ' ').trim();
}

/**
 * A mark goes without a trace where it stands beside a space anywhere in the answer, or where a comma stands between two
 * digits; else a space takes its place. A full stop goes unless a digit follows.
 */
function withoutPunctuation(answer: string): string {
  const hasNumberComma = /[0-9],[0-9]/.test(answer);
  let text = answer;
  for (const mark of PUNCTUATION) {
    const isApart = hasNumberComma || answer.includes(`${mark} `) || answer.includes(` ${mark}`);
    text = text.replaceAll(mark, isApart ? '' : ' ');
  }
  let stops = 0;
  return text.replace(/\.(?![0-9])/g, (stop) => (stops++ < MOST_STOPS ? '' : stop));
}

function plainWords(text: string): string {
  return text
    .toLowerCase()
    .split(/\s+/)
    .filter((word) => word !== '')
    .map((word) => (Object.hasOwn(NUMBERS, word) ? (NUMBERS[word] ?? word) : word))
    .filter((word) => !ARTICLES.has(word))
    .map((word) => contractions.get(word) ?? word)
    .join(' ');
}
