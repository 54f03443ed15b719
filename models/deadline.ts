// How much time a request is given: checked, and counted.
import { inspect } from 'node:util';
import { RequestError } from './errors.ts';

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
