// How much time a request is given: checked, and counted.
import { inspect } from 'node:util';
import { BusyError, RequestError } from './errors.ts';
import { problem } from './problems.ts';
import type { Quantity } from './saying.ts';

/** Node's timers count in 31 bits, and one for more would end at once. */
const LONGEST_MS = 2 ** 31 - 1;

/** @throws RequestError for what is no time */
export function checkDeadline(deadlineMs: number | undefined): void {
  if (deadlineMs === undefined || (typeof deadlineMs === 'number' && deadlineMs > 0)) return;
  throw new RequestError(`deadlineMs is ${inspect(deadlineMs)}. Use a number of milliseconds above 0.`);
}

/** Calls `late` when the time has passed: never for more than 24 days, for Infinity and where none is given. */
export function countDown(ms: number | undefined, late: () => void): { callOff(): void } {
  const timer = ms === undefined || ms > LONGEST_MS ? undefined : setTimeout(late, ms);
  return { callOff: () => clearTimeout(timer) };
}

/** @param waitMs until it is worth asking again, as far as is known */
export function tooLate(limitMs: number, waitMs = 0): BusyError {
  return new BusyError(problem('tooBusy', { limit: limit(limitMs), wait: rounded(waitMs) }));
}

/** Short ones as they are. */
function limit(ms: number): Quantity {
  if (ms >= 5_000) return rounded(ms);
  return ms < 1_000 ? { amount: ms, unit: 'millisecond' } : { amount: ms / 1_000, unit: 'second' };
}

/** In steps of five seconds, or of minutes. */
export function rounded(ms: number): Quantity {
  const seconds = Math.max(5, 5 * Math.ceil(ms / 5_000));
  return seconds < 120
    ? { amount: seconds, unit: 'second' }
    : { amount: Math.ceil(seconds / 60), unit: 'minute' };
}
