// What the bot says by itself, in the languages that it speaks: `say` picks a person's, English where theirs is none.
import { Locale, type LocalizationMap } from 'discord.js';
import { de } from './de.ts';
import { en } from './en.ts';
import { es } from './es.ts';
import { fr } from './fr.ts';
import { ja } from './ja.ts';
import { zh } from './zh.ts';

export type TextKey = keyof typeof en;
export type Texts = Readonly<Record<TextKey, string>>;

export const translations = {
  [Locale.German]: de,
  [Locale.French]: fr,
  [Locale.SpanishES]: es,
  [Locale.SpanishLATAM]: es,
  [Locale.Japanese]: ja,
  [Locale.ChineseCN]: zh,
} as const satisfies Partial<Record<Locale, Texts>>;

/** Names in braces. */
type Placeholder<Text extends string> = Text extends `${string}{${infer Name}}${infer Rest}`
  ? Name | Placeholder<Rest>
  : never;

/** Nothing, or a value for each name in the braces of a text. */
type Values<Key extends TextKey> = [Placeholder<(typeof en)[Key]>] extends [never]
  ? []
  : [Readonly<Record<Placeholder<(typeof en)[Key]>, string>>];

const textsByLocale: ReadonlyMap<string, Texts> = new Map(Object.entries(translations));

/** @param locale a person's, as Discord names it */
export function say<Key extends TextKey>(locale: string, key: Key, ...[values]: Values<Key>): string {
  const text = (textsByLocale.get(locale) ?? en)[key];
  const filled: Readonly<Record<string, string>> = values ?? {};
  return text.replace(/\{(\w+)\}/g, (whole, name: string) => filled[name] ?? whole);
}

export function speaksEnglish(locale: string): boolean {
  return locale.startsWith('en');
}

/** As Discord takes the translations of a name or a description. */
export function localizations(key: TextKey): LocalizationMap {
  return Object.fromEntries(Object.entries(translations).map(([locale, texts]) => [locale, texts[key]]));
}
