// A sentence for people apart from the language that it is said in: a key, and values for the names in its braces.

/** Forms by the number in `{count}`, under the names of Intl.PluralRules. */
export interface Plural {
  readonly one?: string;
  readonly many?: string;
  readonly other: string;
}

/** Names in braces are filled in. */
export type Text = string | Plural;

export interface Quantity {
  readonly amount: number;
  readonly unit: 'millisecond' | 'second' | 'minute' | 'day' | 'byte' | 'megabyte';
}

/** Numbers, quantities and lists are written as the language does, sayings are said in it. */
export type Value = string | number | Quantity | Saying | readonly (string | Saying)[];

export interface Saying {
  readonly key: string;
  readonly english: Text;
  readonly values: Readonly<Record<string, Value>>;
}

/** Which words a language has for a saying. */
export interface Language {
  readonly locale: string;
  textFor(saying: Saying): Text;
}

/** The names in the braces of a text. */
export type Names<Words> = Words extends `${string}{${infer Name}}${infer Rest}`
  ? Name | Names<Rest>
  : Words extends Plural
    ? 'count' | Names<Words['other']>
    : never;

/** Nothing, or a value for each name in the braces of a text. */
export type ValuesFor<Words> = [Names<Words>] extends [never]
  ? []
  : [{ readonly [Name in Names<Words>]: Name extends 'count' ? number : Value }];

const english: Language = { locale: 'en-US', textFor: (saying) => saying.english };

/** Makes sayings of English texts, each with the values that it needs. */
export function sayings<const Texts extends Readonly<Record<string, Text>>>(texts: Texts) {
  return <Key extends keyof Texts & string>(key: Key, ...[values]: ValuesFor<Texts[Key]>): Saying => ({
    key,
    english: texts[key] ?? key,
    values: values ?? {},
  });
}

export function render(saying: Saying, language = english): string {
  const { values } = saying;
  const text = formOf(language.textFor(saying), values.count, language);
  return text.replace(/\{(\w+)\}/g, (braces, name: string) => {
    const value = Object.hasOwn(values, name) ? values[name] : undefined;
    return value === undefined ? braces : shown(value, language);
  });
}

function formOf(text: Text, count: Value | undefined, { locale }: Language): string {
  if (typeof text === 'string') return text;
  const form = new Intl.PluralRules(locale).select(Number(count)) as keyof Plural;
  return text[form] ?? text.other;
}

function shown(value: Value, language: Language): string {
  const { locale } = language;
  if (typeof value === 'string') return value;
  if (typeof value === 'number') return new Intl.NumberFormat(locale).format(value);
  if (Array.isArray(value)) {
    const parts = value.map((part: string | Saying) => shown(part, language));
    return new Intl.ListFormat(locale).format(parts);
  }
  return 'unit' in value ? quantity(value, locale) : render(value as Saying, language);
}

function quantity({ amount, unit }: Quantity, locale: string): string {
  const unitDisplay = unit === 'megabyte' ? 'short' : 'long';
  const options = { style: 'unit', unit, unitDisplay, maximumFractionDigits: 1 } as const;
  return new Intl.NumberFormat(locale, options).format(amount);
}
