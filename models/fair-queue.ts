// Who comes in: as many at once as there is room for. The others wait in a bounded queue, in which callers take turns.
import { BusyError } from './errors.ts';
import { problem } from './problems.ts';
import type { Quantity } from './saying.ts';

export interface QueueOptions {
  /** What those inside may take together. */
  readonly room: number;
  /** So many may wait. */
  readonly maxWaiting: number;
}

export interface Visit {
  /** What it takes of the room, 1 by default; what is larger than all of it comes in when nobody else is there. */
  readonly size?: number;
  readonly caller?: string | undefined;
  readonly signal?: AbortSignal | undefined;
  /** From now on, waiting included. */
  readonly deadlineMs?: number | undefined;
}

export interface Ticket {
  /** Aborts with the visit's own signal, and with a BusyError at its deadline. */
  readonly signal: AbortSignal;
  /** Makes room for others. Aborting does so, too; more than once is harmless. */
  leave(): void;
}

interface Waiting {
  readonly size: number;
  readonly comeIn: () => void;
  readonly turnAway: (reason: unknown) => void;
}

export class FairQueue {
  private readonly options: QueueOptions;
  /** By caller, in the order of their turns; none of them empty. */
  private readonly lines = new Map<string, Waiting[]>();
  private waiting = 0;
  private inside = 0;
  private taken = 0;
  /** How long a visit lasts, of late. */
  private meanMs = 0;

  constructor(options: QueueOptions) {
    this.options = options;
  }

  /**
   * Resolves when there is room.
   * @throws BusyError when too many wait already, or at the deadline
   * @throws the signal's reason when it aborts
   */
  async enter({ size = 1, caller = '', deadlineMs, ...visit }: Visit): Promise<Ticket> {
    visit.signal?.throwIfAborted();
    const deadline = new AbortController();
    const tooLate = () => deadline.abort(this.tooLate(deadlineMs ?? 0));
    const timer = deadlineMs === undefined ? undefined : setTimeout(tooLate, deadlineMs);
    const signal = visit.signal ? AbortSignal.any([visit.signal, deadline.signal]) : deadline.signal;
    try {
      await this.turn(size, caller, signal);
    } catch (error) {
      clearTimeout(timer);
      throw error;
    }
    return this.ticket(size, signal, () => clearTimeout(timer));
  }

  private ticket(size: number, signal: AbortSignal, done: () => void): Ticket {
    const since = performance.now();
    let isInside = true;
    const leave = () => {
      if (!isInside) return;
      isInside = false;
      done();
      signal.removeEventListener('abort', leave);
      const tookMs = performance.now() - since;
      this.meanMs = this.meanMs === 0 ? tookMs : 0.8 * this.meanMs + 0.2 * tookMs;
      this.inside--;
      this.taken -= size;
      this.callNext();
    };
    signal.addEventListener('abort', leave);
    if (signal.aborted) leave();
    return { signal, leave };
  }

  private async turn(size: number, caller: string, signal: AbortSignal): Promise<void> {
    if (this.waiting === 0 && this.hasRoom(size)) return this.count(size);
    if (this.waiting >= this.options.maxWaiting) this.makeRoomFor(caller);
    await new Promise<void>((resolve, reject) => {
      const line = this.lines.get(caller) ?? [];
      const settle = (then: () => void) => {
        signal.removeEventListener('abort', abort);
        this.waiting--;
        then();
      };
      const one: Waiting = {
        size,
        comeIn: () => settle(resolve),
        turnAway: (reason) => settle(() => reject(reason)),
      };
      const abort = () => {
        this.remove(caller, one);
        one.turnAway(signal.reason);
        this.callNext();
      };
      signal.addEventListener('abort', abort);
      this.lines.set(caller, [...line, one]);
      this.waiting++;
    });
  }

  /** Whoever has more waiting than the one who comes gives the newest of them up. */
  private makeRoomFor(caller: string): void {
    const lengthOf = (name: string) => this.lines.get(name)?.length ?? 0;
    const [longest = caller] = [...this.lines.keys()].sort((one, other) => lengthOf(other) - lengthOf(one));
    const newest = this.lines.get(longest)?.at(-1);
    if (newest === undefined || lengthOf(longest) <= lengthOf(caller) + 1) throw this.full();
    this.remove(longest, newest);
    newest.turnAway(this.full());
  }

  private callNext(): void {
    // What is left of a line is put behind all others, and so is come to again.
    for (const [caller, [next, ...others]] of this.lines) {
      if (next === undefined || !this.hasRoom(next.size)) return;
      this.lines.delete(caller);
      if (others.length > 0) this.lines.set(caller, others);
      this.count(next.size);
      next.comeIn();
    }
  }

  private remove(caller: string, one: Waiting): void {
    const left = (this.lines.get(caller) ?? []).filter((other) => other !== one);
    if (left.length > 0) this.lines.set(caller, left);
    else this.lines.delete(caller);
  }

  private hasRoom(size: number): boolean {
    return this.inside === 0 || this.taken + size <= this.options.room;
  }

  private count(size: number): void {
    this.inside++;
    this.taken += size;
  }

  private full(): BusyError {
    return new BusyError(problem('busy', { count: this.inside, waiting: this.waiting, wait: this.later() }));
  }

  private tooLate(deadlineMs: number): BusyError {
    return new BusyError(problem('tooBusy', { limit: rounded(deadlineMs), wait: this.later() }));
  }

  /** When all that are here now have had their turn, at the pace of late. */
  private later(): Quantity {
    return rounded((this.meanMs * (this.inside + this.waiting)) / Math.max(1, this.inside));
  }
}

/** In steps of five seconds, or of minutes. */
function rounded(ms: number): Quantity {
  const seconds = Math.max(5, 5 * Math.ceil(ms / 5_000));
  return seconds < 120
    ? { amount: seconds, unit: 'second' }
    : { amount: Math.ceil(seconds / 60), unit: 'minute' };
}
