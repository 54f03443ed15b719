// Which servers the bot has said hello to, so that it does so once.
import type Keyv from 'keyv';
import type { Store } from '../conversation/store.ts';

export class Greetings {
  readonly #kept: Keyv<unknown>;

  constructor(store: Store) {
    this.#kept = store.namespace('greeted');
  }

  /** @throws StoreError */
  async has(guildId: string): Promise<boolean> {
    return (await this.#kept.get(guildId)) !== undefined;
  }

  /** @throws StoreError */
  async add(guildId: string): Promise<void> {
    await this.#kept.set(guildId, { at: new Date().toISOString() });
  }
}
