// Work that nobody asked for, as captions in watched channels: one piece at a time, while nobody who asked waits. What
// is too much of it is given up.
import type { Pace } from '../conversation/pace.ts';
import { FairQueue } from '../models/fair-queue.ts';

/** So many pieces may wait; servers take turns. */
const maxWaiting = 30;
/** Later nobody looks at a picture's caption any more. */
const deadlineMs = 5 * 60_000;

export interface QuietPart {
  /** Aborts when the work is given up. */
  readonly signal: AbortSignal;
  /** Resolves when nobody who asked waits: to be awaited before each use of the model. */
  idle(): Promise<void>;
}

export class QuietWork {
  readonly #pace: Pick<Pace, 'idle'>;
  readonly #queue = new FairQueue({ room: 1, maxWaiting });
  readonly #closing = new AbortController();

  constructor(pace: Pick<Pace, 'idle'>) {
    this.#pace = pace;
  }

  /**
   * @param caller the server that it is done for
   * @throws BusyError where too much waits already, or it waited too long
   * @throws the signal's reason when it aborts
   */
  async run<T>(caller: string, signal: AbortSignal, work: (part: QuietPart) => Promise<T>): Promise<T> {
    const either = AbortSignal.any([signal, this.#closing.signal]);
    const ticket = await this.#queue.enter({ caller, deadlineMs, signal: either });
    try {
      return await work({ signal: ticket.signal, idle: () => this.#pace.idle(ticket.signal) });
    } finally {
      ticket.leave();
    }
  }

  /** Gives everything up. */
  close(): void {
    this.#closing.abort(new Error('The bot stops.'));
  }

  get isClosed(): boolean {
    return this.#closing.signal.aborted;
  }
}
