// Gives Discord time: a failure that passes by itself must not cost anybody an answer.
import { setTimeout } from 'node:timers/promises';
import { HTTPError } from 'discord.js';

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

/** A 5xx, a timeout, or a connection that was refused, reset or not found. */
function isPassing(error: unknown): boolean {
  if (error instanceof HTTPError) return error.status >= 500;
  const { name, code } = error as { name?: unknown; code?: unknown };
  return name === 'AbortError' || (typeof code === 'string' && /^(E[A-Z]|UND_ERR_)/.test(code));
}
