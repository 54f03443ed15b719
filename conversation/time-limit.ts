// The time that one call may take, all its parts together.
import { checkDeadline, countDown, tooLate } from '../models/deadline.ts';
import { orAborted } from './or-aborted.ts';

export class TimeLimit {
  /** Aborts with a BusyError when the time has passed, and with the caller's own signal. */
  readonly signal: AbortSignal;
  readonly #late = new AbortController();
  readonly #limitMs: number | undefined;
  readonly #sinceMs = performance.now();
  #timer: ReturnType<typeof countDown> | undefined;
  #hasEnded = false;

  /** @throws RequestError for what is no time */
  constructor(limitMs: number | undefined, signal: AbortSignal | undefined) {
    checkDeadline(limitMs);
    this.#limitMs = limitMs;
    this.signal = signal ? AbortSignal.any([signal, this.#late.signal]) : this.#late.signal;
    this.#countDown();
  }

  /** For work that counts the time by itself, and so can tell better when to try again. @param work is told how many milliseconds are left */
  async handOver<T>(work: (leftMs: number | undefined) => Promise<T>): Promise<T> {
    this.signal.throwIfAborted();
    this.#timer?.callOff();
    try {
      return await work(this.#leftMs);
    } finally {
      this.#countDown();
    }
  }

  async pause(ms: number): Promise<void> {
    let timer: NodeJS.Timeout | undefined;
    const passed = new Promise<void>((resolve) => {
      timer = setTimeout(resolve, ms);
    });
    await orAborted(passed, this.signal).finally(() => clearTimeout(timer));
  }

  /** Work that nobody waits for any more may still be under way. */
  end(): void {
    this.#hasEnded = true;
    this.#timer?.callOff();
  }

  get #leftMs(): number | undefined {
    if (this.#limitMs === undefined) return undefined;
    return Math.max(1, Math.ceil(this.#limitMs - (performance.now() - this.#sinceMs)));
  }

  #countDown(): void {
    const limitMs = this.#limitMs;
    if (this.#hasEnded || limitMs === undefined) return;
    this.#timer = countDown(this.#leftMs, () => this.#late.abort(tooLate(limitMs)));
  }
}
