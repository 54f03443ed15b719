// Which language each person's Discord had last, and who was told that the model speaks English.
import type Keyv from 'keyv';
import { LRUCache } from 'lru-cache';
import { z } from 'zod';
import type { Languages } from '../../commands/preferences.ts';
import { speaksEnglish } from '../../commands/texts/texts.ts';
import type { Store } from '../../conversation/store.ts';
import type { Logger } from '../../models/logger.ts';

const shape = z.object({ locale: z.string().exactOptional(), isTold: z.boolean() });
type Known = z.infer<typeof shape>;

const nothing: Known = { isTold: false };
const rememberedPeople = 10_000;
/** After its last change. */
const keepMs = 365 * 24 * 60 * 60 * 1000;

export class KeptLanguages implements Languages {
  readonly #kept: Keyv<unknown>;
  readonly #log: Logger;
  /** Each the outcome of all changes so far. */
  readonly #known = new LRUCache<string, Promise<Known>>({ max: rememberedPeople });

  constructor(store: Store, log: Logger) {
    this.#kept = store.namespace('languages', { ttlMs: keepMs });
    this.#log = log;
  }

  async lastOf(personId: string): Promise<string | undefined> {
    return (await this.#recall(personId)).locale;
  }

  async see(personId: string, locale: string): Promise<void> {
    await this.#change(personId, (known) => {
      // English is taken for granted.
      const isNew = known.locale !== locale && !(known.locale === undefined && speaksEnglish(locale));
      return isNew ? { ...known, locale } : known;
    });
  }

  async isNewTo(personId: string): Promise<boolean> {
    let isNew = false;
    await this.#change(personId, (known) => {
      isNew = !known.isTold;
      return isNew ? { ...known, isTold: true } : known;
    });
    return isNew;
  }

  async forget(personId: string): Promise<void> {
    this.#known.delete(personId);
    await this.#kept.delete(personId);
  }

  async #change(personId: string, change: (known: Known) => Known): Promise<void> {
    const changed = this.#recall(personId).then(async (before) => {
      const after = change(before);
      if (after !== before) await this.#keep(personId, after);
      return after;
    });
    this.#known.set(personId, changed);
    await changed;
  }

  #recall(personId: string): Promise<Known> {
    const known = this.#known.get(personId) ?? this.#read(personId);
    this.#known.set(personId, known);
    return known;
  }

  async #read(personId: string): Promise<Known> {
    try {
      return shape.safeParse(await this.#kept.get(personId)).data ?? nothing;
    } catch (error) {
      this.#log.error({ err: error }, "A person's language could not be read");
      return nothing;
    }
  }

  /** A store that fails costs nobody an answer. */
  async #keep(personId: string, known: Known): Promise<void> {
    try {
      await this.#kept.set(personId, known);
    } catch (error) {
      this.#log.error({ err: error }, "A person's language could not be kept");
    }
  }
}
