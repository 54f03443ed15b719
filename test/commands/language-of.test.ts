import { type Guild, type GuildFeature, Locale } from 'discord.js';
import { describe, expect, it } from 'vitest';
import { languageAt } from '../../commands/language-of.ts';
import type { Preferences } from '../../commands/preferences.ts';
import { openStore } from '../../conversation/store.ts';
import { KeptLanguages } from '../../src/preferences/kept-languages.ts';
import { KeptSettings } from '../../src/preferences/kept-settings.ts';
import { recordLog } from '../support/logs.ts';

const place = { guildId: '1', channelIds: ['3', '2'] };

async function decide(server?: string, channel?: string): Promise<{ preferences: Preferences }> {
  const settings = await KeptSettings.open(openStore('memory:'), recordLog());
  if (server) await settings.decide('1', undefined, { language: server });
  if (channel) await settings.decide('1', '2', { language: channel });
  return { preferences: { settings } as unknown as Preferences };
}

const guild = (preferredLocale: Locale, ...features: `${GuildFeature}`[]) =>
  ({ preferredLocale, features }) as Pick<Guild, 'features' | 'preferredLocale'>;

describe('the language of a place', () => {
  it('is the one that was decided for the channel, for a thread the one of its channel, else the server’s', async () => {
    const spanish = guild(Locale.SpanishES, 'COMMUNITY');
    expect(languageAt(place, spanish, await decide('de', 'ja'))).toBe('ja');
    expect(languageAt(place, spanish, await decide('de'))).toBe('de');
    expect(languageAt(place, spanish, await decide('de', 'own'))).toBe('es-ES');
  });

  it('is else the one that a Community chose in Discord, where the bot speaks it, else English', async () => {
    const nothing = await decide();
    expect(languageAt(place, guild(Locale.French, 'COMMUNITY'), nothing)).toBe('fr');
    expect(languageAt(place, guild(Locale.French), nothing)).toBe('en-US');
    expect(languageAt(place, guild(Locale.Polish, 'COMMUNITY'), nothing)).toBe('en-US');
  });
});

describe('what is known of a person’s language', () => {
  it('is kept when it changes, and not for those whose Discord speaks English', async () => {
    const store = openStore('memory:');
    const languages = new KeptLanguages(store, recordLog());
    await languages.see('ada', 'en-GB');
    expect(await store.namespace('languages').get('ada')).toBeUndefined();
    await languages.see('ada', 'de');
    await languages.see('ada', 'en-GB');
    expect(await new KeptLanguages(store, recordLog()).lastOf('ada')).toBe('en-GB');
  });

  it('holds that they were told, though they ask twice at once', async () => {
    const store = openStore('memory:');
    const languages = new KeptLanguages(store, recordLog());
    const told = await Promise.all([languages.isNewTo('ada'), languages.isNewTo('ada')]);
    expect(told).toEqual([true, false]);
    expect(await new KeptLanguages(store, recordLog()).isNewTo('ada')).toBe(false);
    await languages.forget('ada');
    expect(await languages.isNewTo('ada')).toBe(true);
  });

  it('costs no answer where the store fails', async () => {
    const store = openStore('memory:');
    const log = recordLog();
    const failing = { ...store, namespace: () => ({ get: fail, set: fail }) as never };
    const languages = new KeptLanguages(failing, log);
    expect(await languages.isNewTo('ada')).toBe(true);
    expect(await languages.isNewTo('ada')).toBe(false);
    expect(log.lines.filter(({ level }) => level === 'error')).toHaveLength(2);
  });
});

async function fail(): Promise<never> {
  throw new Error('The disk is full.');
}
