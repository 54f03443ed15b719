// Holds a translation by its type: a text for each English one, with the same names in its braces.
import type { Names, Plural, Text } from '../../models/saying.ts';

type Texts = Readonly<Record<string, Text>>;

/** A form may leave the number out, as in "the first question". */
type Needed<English> = English extends Plural ? Exclude<Names<English>, 'count'> : Names<English>;
type Given<English, Words> = English extends Plural ? Exclude<Names<Words>, 'count'> : Names<Words>;

type IsSame<A, B> = [A] extends [B] ? ([B] extends [A] ? true : false) : false;

/** Of what English has forms for, each language has its own, or one. */
type Fitting<English, Words> = English extends string
  ? Words extends string
    ? IsSame<Needed<English>, Given<English, Words>> extends true
      ? Words
      : never
    : never
  : IsSame<Needed<English>, Given<English, Words>> extends true
    ? Words
    : never;

/** @returns the second */
export function translate<
  English extends Texts,
  const Other extends { readonly [Key in keyof English]: Text },
>(
  _english: English,
  texts: Other & {
    readonly [Key in keyof Other]: Key extends keyof English ? Fitting<English[Key], Other[Key]> : never;
  },
): Other {
  return texts;
}
