// What people and servers decided, read from the store before the bot starts.
import type { Preferences } from '../../commands/preferences.ts';
import { Greetings } from '../greetings.ts';
import { Forgetter } from './forgetter.ts';
import { KeptPrivacy, type KeptPrivacyOptions } from './kept-privacy.ts';

export interface OpenPreferences extends Preferences {
  readonly greetings: Greetings;
  readonly privacy: KeptPrivacy;
}

/** @throws StoreError */
export async function openPreferences(options: KeptPrivacyOptions): Promise<OpenPreferences> {
  return {
    privacy: await KeptPrivacy.open(options),
    forgetting: new Forgetter(options),
    greetings: new Greetings(options.store),
  };
}
