// Gives Discord time: a failure that passes by itself must not cost anybody an answer.
import { setTimeout } from 'node:timers/promises';

/** A minute in all. discord.js tries some failures again by itself, but without a pause. */
const aMinute: readonly number[] = [500, 1_500, 4_500, 13_500, 40_500];

/**
 * Asks again, with growing pauses, while Discord or the way to it fails.
 * @param ask must do no harm when Discord did what it was asked and only its answer was lost
 * @param signal ends the waiting
 * @throws the last failure, or at once what no waiting helps against
 */
export async function patiently<T>(
  ask: () => Promise<T>,
  signal?: AbortSignal,
  pausesMs: readonly number[] = aMinute,
): Promise<T> {
  for (const pauseMs of pausesMs) {
    try {
      return await ask();
    } catch (error) {
      if (!isPassing(error)) throw error;
      await pause(pauseMs, error, signal);
    }
  }
  return ask();
}

/** @throws `failure` when aborted: it is what cost the answer */
async function pause(ms: number, failure: unknown, signal: AbortSignal | undefined): Promise<void> {
  await setTimeout(ms, undefined, { ref: false, ...(signal && { signal }) }).catch(() => {
    throw failure;
  });
}

/** A 5xx, discord.js's timeout, or a connection that was refused, reset or not found; also as the cause of a failed fetch. */
export function isPassing(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  const { name, code, status, cause } = error as Error & { code?: unknown; status?: unknown };
  if (typeof status === 'number') return status >= 500;
  if (name === 'AbortError') return true;
  return typeof code === 'string' ? /^(E[A-Z]|UND_ERR_)/.test(code) : isPassing(cause);
}
