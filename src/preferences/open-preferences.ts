// What people and servers decided, read from the store before the bot starts.
import type { Preferences } from '../../commands/preferences.ts';
import { Greetings } from '../greetings.ts';
import { KnownServers } from '../known-servers.ts';
import { Forgetter } from './forgetter.ts';
import { HourlyQuotas } from './hourly-quotas.ts';
import { KeptLanguages } from './kept-languages.ts';
import { KeptPrivacy, type KeptPrivacyOptions } from './kept-privacy.ts';
import { KeptSettings } from './kept-settings.ts';
import { ModeKeepers } from './mode-keepers.ts';
import { Retention } from './retention.ts';

export interface OpenPreferences extends Preferences {
  readonly greetings: Greetings;
  readonly knownServers: KnownServers;
  readonly privacy: KeptPrivacy;
  readonly retention: Retention;
}

/** @throws StoreError */
export async function openPreferences(options: KeptPrivacyOptions): Promise<OpenPreferences> {
  const settings = await KeptSettings.open(options.store, options.log);
  const languages = new KeptLanguages(options.store, options.log);
  return {
    privacy: await KeptPrivacy.open(options),
    forgetting: new Forgetter({ ...options, languages }),
    languages,
    settings,
    quotas: await HourlyQuotas.open({ ...options, settings }),
    keepers: new ModeKeepers(options.store),
    retention: new Retention({ ...options, settings }),
    greetings: new Greetings(options.store),
    knownServers: new KnownServers(options.store),
  };
}
