import type { GuildTextBasedChannel } from 'discord.js';
import { expect, it } from 'vitest';
import type { Services } from '../../commands/command.ts';
import { tellKeeper } from '../../commands/tell-keeper.ts';
import { saying } from '../../commands/texts/texts.ts';
import { openStore } from '../../conversation/store.ts';
import { KeptLanguages } from '../../src/preferences/kept-languages.ts';
import { KeptSettings } from '../../src/preferences/kept-settings.ts';
import { ModeKeepers } from '../../src/preferences/mode-keepers.ts';
import { recordLog } from '../support/logs.ts';

/** In a server that chose no language in Discord, whatever it is said to prefer. */
async function toldIn(decided?: string, spoken?: string): Promise<readonly string[]> {
  const store = openStore('memory:');
  const log = recordLog();
  const settings = await KeptSettings.open(store, log);
  if (decided) await settings.decide('1', undefined, { language: decided });
  const languages = new KeptLanguages(store, log);
  if (spoken) await languages.see('ada', spoken);
  const keepers = new ModeKeepers(store);
  await keepers.note('1', undefined, 'ada');
  const sent: string[] = [];
  const channel = {
    id: '2',
    guildId: '1',
    guild: { preferredLocale: 'de', features: [] },
    isThread: () => false,
    client: { users: { send: async (_: string, text: string) => void sent.push(text) } },
  } as unknown as GuildTextBasedChannel;
  const services = {
    preferences: { settings, languages, keepers },
    log,
    signal: new AbortController().signal,
  };
  const tell = () =>
    tellKeeper(channel, 'caption', [saying('permissionSendMessages')], services as unknown as Services);
  // Of several pictures that are posted at once, and of one later.
  await Promise.all([tell(), tell(), tell()]);
  await tell();
  return sent;
}

it.each([
  ['the one that was decided for the server', 'fr', 'es-ES', /^Je ne peux/],
  ['else in the one of their last command', undefined, 'es-ES', /^No puedo/],
  ['else in English', undefined, undefined, /^I can't do in/],
])('Whoever decided is told once, in the language that is %s', async (_, decided, spoken, text) => {
  expect(await toldIn(decided, spoken)).toEqual([expect.stringMatching(text)]);
});
