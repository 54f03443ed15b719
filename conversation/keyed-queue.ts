import PQueue from 'p-queue';

/** Tasks of one key run one after the other, in the order they came; those of different keys side by side. */
export class KeyedQueue {
  readonly #queues = new Map<string, PQueue>();

  /** Keys that have something to do. */
  get size(): number {
    return this.#queues.size;
  }

  /** Those keys. */
  get keys(): readonly string[] {
    return [...this.#queues.keys()];
  }

  /** @param priority what is above 0 comes before what waits already */
  async run<T>(key: string, task: () => Promise<T>, priority = 0): Promise<T> {
    let queue = this.#queues.get(key);
    if (!queue) {
      queue = new PQueue({ concurrency: 1 });
      queue.once('idle', () => this.#queues.delete(key));
      this.#queues.set(key, queue);
    }
    return queue.add(task, { priority });
  }
}
