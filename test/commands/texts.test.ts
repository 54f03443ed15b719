// Every text in every language: nothing left in English, nothing that Discord would refuse.
import { describe, expect, it } from 'vitest';
import { commands, messageCommands } from '../../commands/index.ts';
import { english, say, saying, type TextKey, tell, translations } from '../../commands/texts/texts.ts';
import { translate } from '../../commands/texts/translate.ts';
import type { Text } from '../../models/saying.ts';

const keys = Object.keys(english) as TextKey[];
const texts: Readonly<Record<string, Text>> = english;
const languages = Object.entries(translations).map(
  ([locale, translated]): [string, Readonly<Record<string, Text>>] => [locale, translated],
);

/** Words that are the same in both languages. */
const sameWords: Readonly<Record<string, readonly string[]>> = {
  de: ['personOption', 'serverOption'],
  fr: ['imageOption', 'questionOption', 'nextQuestionOption'],
  'es-ES': ['memoryFullness'],
  'es-419': ['memoryFullness'],
};

const formsOf = (text: Text = ''): readonly string[] =>
  typeof text === 'string' ? [text] : Object.values<string>({ ...text });
const namesIn = (text: string) => [...text.matchAll(/\{(\w+)\}/g)].map(([, name]) => name).sort();
const withoutCount = (names: readonly (string | undefined)[]) => names.filter((name) => name !== 'count');

describe.each(languages)('the texts in %s', (locale, translated) => {
  it('are as many as the English ones', () => {
    expect(Object.keys(translated).sort()).toEqual([...keys].sort());
  });

  it('fill in the same values as the English ones', () => {
    for (const key of keys) {
      const [expected = ''] = formsOf(texts[key]);
      const isCounted = typeof texts[key] !== 'string';
      for (const form of formsOf(translated[key])) {
        if (isCounted) expect(withoutCount(namesIn(form)), key).toEqual(withoutCount(namesIn(expected)));
        else expect(namesIn(form), key).toEqual(namesIn(expected));
      }
    }
  });

  it('say something, in other words than the English ones', () => {
    const same = sameWords[locale] ?? [];
    for (const key of keys) {
      for (const form of formsOf(translated[key])) {
        expect(form.trim(), key).not.toBe('');
        if (/[a-z]{3}/.test(form.replaceAll(/\{\w+\}/g, '')) && !same.includes(key)) {
          expect(formsOf(texts[key]), key).not.toContain(form);
        }
      }
    }
  });

  it('end as the English ones do', () => {
    for (const key of keys) {
      const [first = ''] = formsOf(texts[key]);
      for (const form of formsOf(translated[key])) {
        expect(/[:：]$/.test(form), key).toBe(first.endsWith(':'));
        if (/[.!?]$/.test(first)) expect(form, key).toMatch(/[.!?。！？]( ?[»”」）*]+)?\.?$/);
      }
    }
  });

  it('have a form for each number that the language tells apart', () => {
    const { pluralCategories } = new Intl.PluralRules(locale).resolvedOptions();
    const needed = pluralCategories.filter((category) => category !== 'many');
    for (const key of keys) {
      const text = translated[key] ?? '';
      if (typeof text === 'string') {
        if (typeof texts[key] !== 'string') expect(needed, key).toEqual(['other']);
      } else
        expect(
          Object.keys(text).filter((form) => form !== 'many'),
          key,
        ).toEqual(needed);
    }
  });
});

describe('Discord’s limits', () => {
  const all: readonly [string, Readonly<Record<string, Text>>][] = [['en', english], ...languages];
  const limits: readonly [RegExp, number][] = [
    [/Button$/, 80],
    [/(Title|Label)$/, 45],
    [/Placeholder$/, 100],
    [/^(captionImage|askAboutImage|describeImage|\w+Option)$/, 32],
    [/Help$/, 100],
  ];

  it.each(all)('are kept in %s', (_, translated) => {
    for (const [names, most] of limits) {
      for (const key of keys.filter((one) => names.test(one))) {
        for (const form of formsOf(translated[key])) expect([...form].length, key).toBeLessThanOrEqual(most);
      }
    }
  });

  it('are kept by every name and description of a command', () => {
    const check = (part: unknown, path: string) => {
      if (typeof part !== 'object' || part === null) return;
      for (const [name, value] of Object.entries(part)) {
        const words = typeof value === 'string' ? [value] : Object.values(value ?? {});
        const isChoice = path.includes('choices');
        const most = /^name/.test(name) ? (isChoice ? 100 : 32) : 100;
        if (/^(name|description)(_localizations)?$/.test(name)) {
          for (const word of words) expect(String(word).length, `${path}.${name}`).toBeLessThanOrEqual(most);
        } else check(value, `${path}.${name}`);
      }
    };
    for (const { data } of [...commands, ...messageCommands]) check(data, data.name);
  });
});

describe('an option that a sentence names', () => {
  it('is called as it is in its language', () => {
    for (const [locale, texts] of languages) {
      for (const key of keys) {
        for (const form of formsOf(texts[key as keyof typeof texts])) {
          expect(form.match(/`\/\w+ [a-z]+:/g) ?? [], `${locale}, ${key}`).toEqual([]);
        }
      }
    }
  });
});

describe('say', () => {
  it('fills in the values, in the language of the locale', () => {
    expect(say('de', 'wentWrong', { incident: 'a{why}b' })).toMatch(/den Vorfall a\{why\}b\.$/);
    expect(say('es-419', 'chatAlready')).toBe(say('es-ES', 'chatAlready'));
    expect(say('zh-TW', 'chatAlready')).toBe(say('zh-CN', 'chatAlready'));
  });

  it('speaks English where it has no other words', () => {
    for (const locale of ['en-US', 'en-GB', 'pl', 'constructor']) {
      expect(say(locale, 'chatAlready')).toBe(english.chatAlready);
    }
  });

  it('chooses the form by the number, and writes numbers and times as the language does', () => {
    const wait = { amount: 5, unit: 'second' } as const;
    const values = { waiting: 1200, wait };
    expect(say('de', 'busy', { count: 1, ...values })).toContain('an 1 Anfrage, und 1.200 weitere warten');
    expect(say('de', 'busy', { count: 2, ...values })).toContain('an 2 Anfragen');
    expect(say('de', 'busy', { count: 2, ...values })).toContain('in etwa 5 Sekunden');
    expect(say('ja', 'busy', { count: 2, ...values })).toContain('5 秒ほど');
    // None is singular in French.
    expect(say('fr', 'busy', { count: 0, ...values })).toContain('de 0 demande,');
    expect(say('en-US', 'busy', { count: 0, ...values })).toContain('with 0 requests, and 1,200 more');
  });

  it('says what is within a saying in the same language', () => {
    const told = saying('goOnBefore', { problem: saying('fileEmpty') });
    expect(tell('de', told)).toMatch(/^Die Datei ist leer\. .* Bis dahin/);
    expect(tell('en-US', told)).toMatch(/^The file is empty\. .* Until then/);
  });
});

describe('a translation', () => {
  const en = { hello: 'Hello {name}', days: { one: '{count} day', other: '{count} days' } } as const;

  it('is held by its type to have every text, and the names in its braces', () => {
    const days = { one: '{count} Tag', other: '{count} Tage' };
    expect(translate(en, { hello: 'Hallo {name}', days })).toBeDefined();
    expect(translate(en, { hello: '{name} さん、こんにちは', days: '{count} 日' })).toBeDefined();
    // @ts-expect-error: a text is missing
    translate(en, { days });
    // @ts-expect-error: a name is missing
    translate(en, { hello: 'Hallo', days });
    // @ts-expect-error: another name
    translate(en, { hello: 'Hallo {nom}', days });
    // @ts-expect-error: a text too many
    translate(en, { hello: 'Hallo {name}', days, bye: 'Tschüss' });
    // @ts-expect-error: no forms where English has one sentence
    translate(en, { hello: { other: 'Hallo {name}' }, days });
    // @ts-expect-error: a value is missing
    say('de', 'wentWrong');
  });
});
