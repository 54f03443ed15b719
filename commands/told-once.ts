// What each person is told but once in a place. Kept in memory: after a restart they may hear it once more.
import { LRUCache } from 'lru-cache';

export class ToldOnce {
  readonly #told = new LRUCache<string, true>({ max: 5_000 });

  /** Whether they were not told yet; asked again, they were. */
  isNews(placeId: string, personId: string): boolean {
    const key = `${placeId}:${personId}`;
    if (this.#told.has(key)) return false;
    this.#told.set(key, true);
    return true;
  }
}
