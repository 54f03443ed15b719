// Numbers and places in a row as people write them out in the bot's languages.
import { digits } from './word-patterns.ts';

interface Words {
  /** One to ten. */
  readonly numbers: readonly string[];
  /** First to tenth, as they stand before a picture; of German, without their endings. */
  readonly places: readonly string[];
  readonly last: readonly string[];
  readonly lastButOne: readonly string[];
}

const list = (words: string) => words.split(' ');

export const en: Words = {
  numbers: list('one two three four five six seven eight nine ten'),
  places: list('first second third fourth fifth sixth seventh eighth ninth tenth'),
  last: ['last'],
  lastButOne: ['second to last', 'second-to-last', 'second last', 'next to last', 'penultimate'],
};

export const de: Words = {
  numbers: list('eins zwei drei vier fünf sechs sieben acht neun zehn'),
  places: list('erst zweit dritt viert fünft sechst siebt acht neunt zehnt'),
  last: ['letzt'],
  lastButOne: ['vorletzt'],
};

export const fr: Words = {
  numbers: list('un deux trois quatre cinq six sept huit neuf dix'),
  places: list('première deuxième troisième quatrième cinquième sixième septième huitième neuvième dixième'),
  last: ['dernière'],
  lastButOne: ['avant-dernière'],
};

export const es: Words = {
  numbers: list('uno dos tres cuatro cinco seis siete ocho nueve diez'),
  places: list('primera segunda tercera cuarta quinta sexta séptima octava novena décima'),
  last: ['última'],
  lastButOne: ['penúltima'],
};

/** Of Chinese and Japanese. */
export const han = '一二三四五六七八九十';

const others: readonly (readonly [word: string, number: number])[] = [
  ['seconde', 2],
  ['siebent', 7],
  ['两', 2],
  ['兩', 2],
  ['最初', 1],
  ['最后', -1],
  ['最後', -1],
];

const values = new Map<string, number>([
  ...[en, de, fr, es].flatMap(({ numbers, places, last, lastButOne }) => [
    ...counted(numbers),
    ...counted(places),
    ...last.map((word) => [plain(word), -1] as const),
    ...lastButOne.map((word) => [plain(word), -2] as const),
  ]),
  ...counted([...han]),
  ...others,
]);

/** @returns from 1, or from the end: -1 for the last; undefined for another word */
export function numberFor(word: string): number | undefined {
  const number = Number.parseInt(word.normalize('NFKC'), 10);
  return Number.isNaN(number) ? values.get(plain(word)) : number;
}

/** A part of a pattern; accents may be left out. */
export function anyOf(...words: readonly string[]): string {
  const loose = words.map((word) => word.replace(/[à-ü]/g, (letter) => `[${letter}${plain(letter)}]`));
  // The longest first: "second to last" before "second".
  return `(?:${loose.sort((a, b) => b.length - a.length).join('|')})`;
}

/** First, second, last, … */
export function placesIn({ places, last, lastButOne }: Words): string {
  return anyOf(...places, ...last, ...lastButOne);
}

/** The same with those in digits, as they stand before a picture. */
export const placeIn = {
  en: `${placesIn(en)}|${digits}(?:st|nd|rd|th)`,
  de: `(?:${placesIn(de)}|siebent)e[nmrs]?|${digits}\\.`,
  fr: `${placesIn(fr)}|seconde|${digits}(?:re|[èe]re|e|[èe]me)`,
  es: `${placesIn(es)}|${digits}(?:\\.?ª|ra|da|ta)`,
} as const;

function counted(words: readonly string[]): (readonly [string, number])[] {
  return words.map((word, index) => [plain(word), index + 1]);
}

/** Without accents, in small letters. */
function plain(word: string): string {
  return word
    .normalize('NFD')
    .replace(/\p{Mn}/gu, '')
    .toLowerCase();
}
