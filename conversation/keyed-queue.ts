// Tasks of one key run one after the other, in the order they came; those of different keys side by side.

interface Waiting {
  readonly priority: number;
  readonly begin: () => void;
}

export class KeyedQueue {
  /** By key, what waits behind the task that runs. */
  readonly #lines = new Map<string, Waiting[]>();

  /** Keys that have something to do. */
  get size(): number {
    return this.#lines.size;
  }

  /** Those keys. */
  get keys(): readonly string[] {
    return [...this.#lines.keys()];
  }

  /** Whether a key has something to do. */
  has(key: string): boolean {
    return this.#lines.has(key);
  }

  /** @param priority what is above 0 comes before what waits already */
  async run<T>(key: string, task: () => Promise<T>, priority = 0): Promise<T> {
    const line = this.#lines.get(key);
    if (line) await turnIn(line, priority);
    else this.#lines.set(key, []);
    try {
      return await task();
    } finally {
      this.#next(key);
    }
  }

  #next(key: string): void {
    const next = this.#lines.get(key)?.shift();
    if (next) next.begin();
    else this.#lines.delete(key);
  }
}

function turnIn(line: Waiting[], priority: number): Promise<void> {
  return new Promise((begin) => {
    const behind = line.findIndex((other) => other.priority < priority);
    line.splice(behind === -1 ? line.length : behind, 0, { priority, begin });
  });
}
