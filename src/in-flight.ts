// Knows which answers are under way, so that stopping can wait for them.
import { setTimeout as delay } from 'node:timers/promises';

export class InFlight {
  readonly #work = new Set<Promise<void>>();

  /** @param work never rejects: whoever does it answers for its failures */
  add(work: Promise<void>): void {
    const tracked = work.finally(() => this.#work.delete(tracked));
    this.#work.add(tracked);
  }

  /** Waits until nothing is under way, at most that long. Says whether that was so. */
  async settled(timeoutMs: number): Promise<boolean> {
    const timer = new AbortController();
    const late = delay(timeoutMs, false, { signal: timer.signal }).catch(() => false);
    const isDone = await Promise.race([this.#drain(), late]);
    timer.abort();
    return isDone;
  }

  async #drain(): Promise<true> {
    while (this.#work.size > 0) await Promise.all(this.#work);
    return true;
  }
}
