// Answers an hour, for each person and each server that has a limit. Counted in memory, so that nobody waits for it;
// each answer is kept beside that for its hour, so that a restart forgives nobody.
import type Keyv from 'keyv';
import { LRUCache } from 'lru-cache';
import { UserError } from '../../commands/errors.ts';
import type { Place, Quotas, Settings } from '../../commands/preferences.ts';
import { saying } from '../../commands/texts/texts.ts';
import { orLogged } from '../../conversation/or-logged.ts';
import type { Store } from '../../conversation/store.ts';
import type { Logger } from '../../models/logger.ts';

export interface HourlyQuotasOptions {
  readonly store: Store;
  readonly settings: Settings;
  readonly log: Logger;
}

/** An answer that counts. */
interface Given {
  readonly guildId: string;
  readonly personId: string;
  /** When (ms). */
  readonly time: number;
}

const hourMs = 60 * 60 * 1000;

export class HourlyQuotas implements Quotas {
  readonly #settings: Settings;
  readonly #log: Logger;
  /** One record an answer: what is added costs the same, however many there are. */
  readonly #kept: Keyv<true>;
  /** When answers were given, oldest first, by server and by person in it. */
  readonly #times = new LRUCache<string, number[]>({ max: 50_000, ttl: hourMs });
  #added = 0;

  private constructor({ store, settings, log }: HourlyQuotasOptions) {
    this.#settings = settings;
    this.#log = log;
    this.#kept = store.namespace('answers-given', { ttlMs: hourMs });
  }

  /** @throws StoreError */
  static async open(options: HourlyQuotasOptions): Promise<HourlyQuotas> {
    const quotas = new HourlyQuotas(options);
    const given: Given[] = [];
    for await (const [key] of quotas.#kept.iterator?.(undefined) ?? []) given.push(...givenBy(String(key)));
    for (const one of given.sort((a, b) => a.time - b.time)) quotas.#count(one);
    return quotas;
  }

  take(place: Place, personId: string): () => void {
    const { hourlyAPerson, hourlyAServer } = this.#settings.inForce(place);
    const given = { guildId: place.guildId, personId, time: Date.now() };
    const [person, server] = keysOf(given);
    const limits = (
      [
        { key: person, most: hourlyAPerson.value, refusal: 'yourAnswersUsedUp' },
        { key: server, most: hourlyAServer.value, refusal: 'serverAnswersUsedUp' },
      ] as const
    ).filter(({ most }) => most > 0);
    if (limits.length === 0) return () => undefined;
    for (const { key, most, refusal } of limits) {
      const freeing = this.#within(key, given.time).at(-most);
      if (freeing !== undefined) throw usedUp(refusal, most, freeing + hourMs);
    }
    this.#count(given);
    const takeBack = this.#keep(given);
    return () => {
      this.#uncount(given);
      takeBack();
    };
  }

  /** Those of the hour before `now`; they may be many, and are changed in place. */
  #within(key: string, now: number): number[] {
    const times = this.#times.get(key) ?? [];
    const first = times.findIndex((time) => time > now - hourMs);
    times.splice(0, first === -1 ? times.length : first);
    return times;
  }

  #count(given: Given): void {
    for (const key of keysOf(given)) {
      const times = this.#within(key, given.time);
      times.push(given.time);
      this.#times.set(key, times);
    }
  }

  #uncount(given: Given): void {
    for (const key of keysOf(given)) {
      const times = this.#times.get(key) ?? [];
      const index = times.lastIndexOf(given.time);
      if (index !== -1) times.splice(index, 1);
    }
  }

  /** Waits for nothing: a store that fails is logged, and costs nobody an answer. @returns takes it back */
  #keep({ guildId, personId, time }: Given): () => void {
    this.#added += 1;
    const key = [guildId, personId, time, this.#added].join(':');
    const kept = orLogged(() => this.#kept.set(key, true), this.#log);
    return () => void kept.then(() => orLogged(() => this.#kept.delete(key), this.#log));
  }
}

/** The person's and the server's. */
function keysOf({ guildId, personId }: Given): [person: string, server: string] {
  return [`${guildId}:${personId}`, guildId];
}

/** None where the key is damaged. */
function givenBy(key: string): Given[] {
  const [guildId = '', personId = '', time = ''] = key.split(':');
  const isWhole = [guildId, personId, time].every((part) => /^\d+$/.test(part));
  return isWhole ? [{ guildId, personId, time: Number(time) }] : [];
}

function usedUp(key: 'yourAnswersUsedUp' | 'serverAnswersUsedUp', most: number, freeAtMs: number): UserError {
  const when = `<t:${Math.ceil(freeAtMs / 1000)}:R>`;
  return new UserError(saying(key, { count: most, when }));
}
