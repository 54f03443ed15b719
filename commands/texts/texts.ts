// What the bot says by itself, in the languages that it speaks: `say` picks a person's, English where theirs is none.
import { Locale, type LocalizationMap } from 'discord.js';
import {
  type Language,
  render,
  type Saying,
  sayings,
  type Text,
  type ValuesFor,
} from '../../models/saying.ts';
import { answers } from './answers/answers.ts';
import { de } from './de.ts';
import { en } from './en.ts';
import { es } from './es.ts';
import { fr } from './fr.ts';
import { help } from './help/help.ts';
import { ja } from './ja.ts';
import { memory } from './memory/memory.ts';
import { problems } from './problems/problems.ts';
import { refusals } from './refusals/refusals.ts';
import { settings } from './settings/settings.ts';
import { zh } from './zh.ts';

export const english = {
  ...en,
  ...problems.en,
  ...refusals.en,
  ...answers.en,
  ...settings.en,
  ...help.en,
  ...memory.en,
};

type Texts = typeof english;
export type TextKey = keyof Texts;

const spanish = {
  ...es,
  ...problems.es,
  ...refusals.es,
  ...answers.es,
  ...settings.es,
  ...help.es,
  ...memory.es,
} as const;

const chinese = {
  ...zh,
  ...problems.zh,
  ...refusals.zh,
  ...answers.zh,
  ...settings.zh,
  ...help.zh,
  ...memory.zh,
} as const;

export const translations = {
  [Locale.German]: {
    ...de,
    ...problems.de,
    ...refusals.de,
    ...answers.de,
    ...settings.de,
    ...help.de,
    ...memory.de,
  },
  [Locale.French]: {
    ...fr,
    ...problems.fr,
    ...refusals.fr,
    ...answers.fr,
    ...settings.fr,
    ...help.fr,
    ...memory.fr,
  },
  [Locale.SpanishES]: spanish,
  [Locale.SpanishLATAM]: spanish,
  [Locale.Japanese]: {
    ...ja,
    ...problems.ja,
    ...refusals.ja,
    ...answers.ja,
    ...settings.ja,
    ...help.ja,
    ...memory.ja,
  },
  [Locale.ChineseCN]: chinese,
  // In simplified characters, which its readers know better than English.
  [Locale.ChineseTW]: chinese,
} as const satisfies Partial<Record<Locale, Readonly<Record<TextKey, Text>>>>;

const textsByLocale: ReadonlyMap<string, Readonly<Record<string, Text>>> = new Map(
  Object.entries(translations),
);

/** A sentence with its values, for whoever knows in which language it is to be said. */
export const saying = sayings(english);

/** @param locale as Discord names it */
export function say<Key extends TextKey>(locale: string, key: Key, ...values: ValuesFor<Texts[Key]>): string {
  return tell(locale, saying(key, ...values));
}

/** @param locale as Discord names it */
export function tell(locale: string, told: Saying): string {
  return render(told, languageOf(locale));
}

function languageOf(locale: string): Language {
  const texts = textsByLocale.get(locale);
  return {
    locale: texts ? locale : Locale.EnglishUS,
    textFor: ({ key, english }) => texts?.[key] ?? english,
  };
}

/** Whether the bot has words of its own for it, beside English. */
export function speaksToo(locale: string): boolean {
  return textsByLocale.has(locale);
}

export function speaksEnglish(locale: string): boolean {
  return locale.startsWith('en');
}

/** Those of one sentence without forms. */
export type PlainKey = { [Key in TextKey]: Texts[Key] extends string ? Key : never }[TextKey];

/** As Discord takes the translations of a name or a description. */
export function localizations(key: PlainKey): LocalizationMap {
  return Object.fromEntries(Object.entries(translations).map(([locale, texts]) => [locale, texts[key]]));
}
