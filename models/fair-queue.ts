// Who comes in: as many at once as there is room for. The others wait in a bounded queue, in which callers take turns.
import type { Standing } from './backend.ts';
import { checkDeadline, countDown, rounded, tooLate } from './deadline.ts';
import { BusyError } from './errors.ts';
import { problem } from './problems.ts';
import { turnsBefore, untilTurn } from './standing.ts';

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
  /** Hears of its place among those who wait, at first and whenever it changes. */
  readonly onStanding?: ((standing: Standing) => void) | undefined;
}

export interface Ticket {
  /** Aborts with the visit's own signal, and with a BusyError at its deadline. */
  readonly signal: AbortSignal;
  /** Makes room for others. Aborting does so, too; more than once is harmless. */
  leave(): void;
}

interface Guest {
  readonly size: number;
  /** By `performance.now()`. */
  readonly sinceMs: number;
}

interface Waiting {
  readonly size: number;
  readonly onStanding: Visit['onStanding'];
  readonly comeIn: (guest: Guest) => void;
  readonly turnAway: (reason: unknown) => void;
}

interface Turn extends Pick<Visit, 'onStanding'> {
  readonly size: number;
  readonly caller: string;
  readonly signal: AbortSignal;
}

export class FairQueue {
  private readonly options: QueueOptions;
  /** By caller, in the order of their turns; none of them empty. */
  private readonly lines = new Map<string, Waiting[]>();
  private waiting = 0;
  private readonly guests = new Set<Guest>();
  /** How long a visit lasts, of late. */
  private meanMs = 0;

  constructor(options: QueueOptions) {
    this.options = options;
  }

  /**
   * Resolves when there is room.
   * @throws RequestError for a deadline that is no time
   * @throws BusyError when too many wait already, or at the deadline
   * @throws the signal's reason when it aborts
   */
  async enter({ size = 1, caller = '', deadlineMs, onStanding, ...visit }: Visit): Promise<Ticket> {
    checkDeadline(deadlineMs);
    visit.signal?.throwIfAborted();
    const deadline = new AbortController();
    const timer = countDown(deadlineMs, () => deadline.abort(tooLate(deadlineMs ?? 0, this.laterMs())));
    const signal = visit.signal ? AbortSignal.any([visit.signal, deadline.signal]) : deadline.signal;
    try {
      const guest = await this.turn({ size, caller, signal, onStanding });
      return this.ticket(guest, signal, timer.callOff);
    } catch (error) {
      timer.callOff();
      throw error;
    }
  }

  private ticket(guest: Guest, signal: AbortSignal, done: () => void): Ticket {
    const leave = () => {
      if (!this.guests.delete(guest)) return;
      done();
      signal.removeEventListener('abort', leave);
      const tookMs = performance.now() - guest.sinceMs;
      this.meanMs = this.meanMs === 0 ? tookMs : 0.8 * this.meanMs + 0.2 * tookMs;
      this.callNext();
    };
    signal.addEventListener('abort', leave);
    if (signal.aborted) leave();
    return { signal, leave };
  }

  private async turn({ size, caller, signal, onStanding }: Turn): Promise<Guest> {
    if (this.waiting === 0 && this.hasRoom(size)) return this.letIn(size);
    if (this.waiting >= this.options.maxWaiting) this.makeRoomFor(caller);
    return new Promise<Guest>((resolve, reject) => {
      const line = this.lines.get(caller) ?? [];
      const settle = (then: () => void) => {
        signal.removeEventListener('abort', abort);
        this.waiting--;
        then();
      };
      const one: Waiting = {
        size,
        onStanding,
        comeIn: (guest) => settle(() => resolve(guest)),
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
      this.tellStandings();
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
      if (next === undefined || !this.hasRoom(next.size)) break;
      this.lines.delete(caller);
      if (others.length > 0) this.lines.set(caller, others);
      next.comeIn(this.letIn(next.size));
    }
    this.tellStandings();
  }

  private tellStandings(): void {
    const lines = [...this.lines.values()];
    const lengths = lines.map(({ length }) => length);
    const now = performance.now();
    const sinceMs = [...this.guests].map((guest) => now - guest.sinceMs);
    for (const [at, line] of lines.entries()) {
      for (const [place, { onStanding }] of line.entries()) {
        const ahead = turnsBefore(lengths, at, place);
        const waitMs = this.meanMs === 0 ? undefined : untilTurn(ahead, sinceMs, this.meanMs);
        onStanding?.({ before: this.guests.size + ahead, ...(waitMs !== undefined && { waitMs }) });
      }
    }
  }

  private remove(caller: string, one: Waiting): void {
    const left = (this.lines.get(caller) ?? []).filter((other) => other !== one);
    if (left.length > 0) this.lines.set(caller, left);
    else this.lines.delete(caller);
  }

  private hasRoom(size: number): boolean {
    const taken = [...this.guests].reduce((sum, guest) => sum + guest.size, 0);
    return this.guests.size === 0 || taken + size <= this.options.room;
  }

  private letIn(size: number): Guest {
    const guest = { size, sinceMs: performance.now() };
    this.guests.add(guest);
    return guest;
  }

  private full(): BusyError {
    return new BusyError(
      problem('busy', { count: this.guests.size, waiting: this.waiting, wait: rounded(this.laterMs()) }),
    );
  }

  /** When all that are here now have had their turn, at the pace of late. */
  private laterMs(): number {
    const inside = this.guests.size;
    return (this.meanMs * (inside + this.waiting)) / Math.max(1, inside);
  }
}
