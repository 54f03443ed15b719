// How fast answers come, and how many are being made: for people who ask how the bot is.

/** Durations of so many answers are remembered. */
const REMEMBERED = 1_000;

export class Pace {
  readonly since = new Date();
  readonly #durationsMs: number[] = [];
  readonly #idle: (() => void)[] = [];
  #answers = 0;
  #underWay = 0;

  /** How many were made, since `since`. */
  get answers(): number {
    return this.#answers;
  }

  /** Being made, or waiting for their turn. */
  get underWay(): number {
    return this.#underWay;
  }

  /** Only what ends well counts as an answer, and not where nothing came of it: undefined. */
  async measure<T>(work: () => Promise<T>): Promise<T> {
    const startedMs = performance.now();
    this.#underWay += 1;
    try {
      const made = await work();
      if (made !== undefined) this.#note(performance.now() - startedMs);
      return made;
    } finally {
      this.#underWay -= 1;
      if (this.#underWay === 0) for (const resolve of this.#idle.splice(0)) resolve();
    }
  }

  /**
   * Resolves when nothing is under way.
   * @throws the signal's reason when it aborts before
   */
  async idle(signal: AbortSignal): Promise<void> {
    while (this.#underWay > 0) {
      signal.throwIfAborted();
      await new Promise<void>((resolve) => {
        this.#idle.push(resolve);
        signal.addEventListener('abort', () => resolve(), { once: true });
      });
    }
    signal.throwIfAborted();
  }

  /**
   * The time within which that share of the last thousand answers came, waiting included; undefined before the first.
   * @param share above 0, up to 1
   */
  withinMs(share: number): number | undefined {
    const sorted = [...this.#durationsMs].sort((a, b) => a - b);
    return sorted[Math.ceil(share * sorted.length) - 1];
  }

  #note(durationMs: number): void {
    this.#answers += 1;
    this.#durationsMs.push(durationMs);
    if (this.#durationsMs.length > REMEMBERED) this.#durationsMs.shift();
  }
}
