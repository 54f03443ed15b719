// Answers an hour, for each person and each server that has a limit. Counts live in memory: a restart begins anew.
import { LRUCache } from 'lru-cache';
import { UserError } from '../../commands/errors.ts';
import type { Place, Quotas, Settings } from '../../commands/preferences.ts';

const hourMs = 60 * 60 * 1000;

export class HourlyQuotas implements Quotas {
  readonly #settings: Settings;
  /** When answers were given, oldest first, by server and by person in it. */
  readonly #times = new LRUCache<string, number[]>({ max: 50_000, ttl: hourMs });

  constructor(settings: Settings) {
    this.#settings = settings;
  }

  take(place: Place, personId: string): () => void {
    const { hourlyAPerson, hourlyAServer } = this.#settings.inForce(place);
    const { guildId } = place;
    const counted = [
      { key: `${guildId}:${personId}`, most: hourlyAPerson.value, whose: 'you have' },
      { key: guildId, most: hourlyAServer.value, whose: 'this server has' },
    ].filter(({ most }) => most > 0);
    const now = Date.now();
    for (const { key, most, whose } of counted) {
      const times = this.#within(key, now);
      const freeing = times.at(-most);
      if (freeing !== undefined) throw usedUp(whose, most, freeing + hourMs);
    }
    for (const { key } of counted) this.#times.set(key, [...this.#within(key, now), now]);
    return () => {
      for (const { key } of counted) this.#takeBack(key, now);
    };
  }

  #within(key: string, now: number): number[] {
    return (this.#times.get(key) ?? []).filter((time) => time > now - hourMs);
  }

  #takeBack(key: string, time: number): void {
    const times = this.#times.get(key) ?? [];
    const index = times.lastIndexOf(time);
    if (index !== -1) this.#times.set(key, times.toSpliced(index, 1));
  }
}

function usedUp(whose: string, most: number, freeAtMs: number): UserError {
  const answers = `${most} answer${most === 1 ? '' : 's'}`;
  return new UserError(
    `That is all that ${whose} for this hour: ${answers}. Ask again <t:${Math.ceil(freeAtMs / 1000)}:R>.`,
  );
}
