// Says that the model speaks English, once to each person whose Discord speaks another language.
import { LRUCache } from 'lru-cache';
import type { AskedBy } from './reply.ts';
import { say, speaksEnglish } from './texts/texts.ts';

const rememberedPeople = 10_000;

export class LanguageNotes {
  readonly #told = new LRUCache<string, true>({ max: rememberedPeople });

  /** What stands under an answer of the model's. Empty for whoever was told; otherwise it begins on a line of its own. */
  under({ user, locale }: AskedBy): string {
    if (speaksEnglish(locale) || this.#told.has(user.id)) return '';
    this.#told.set(user.id, true);
    return `\n-# ${say(locale, 'answersInEnglish')}`;
  }
}
