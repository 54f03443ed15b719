// Tries again when the hub is busy or the connection breaks, as long as it asks and no longer than makes sense.
import { setTimeout as sleep } from 'node:timers/promises';
import pRetry from 'p-retry';
import { HubError } from './hub-error.ts';

export interface PersistOptions {
  readonly signal: AbortSignal;
  /** Before the second attempt; doubled each time. */
  readonly pauseMs: number;
  /** Says that it goes on, and why it stopped. */
  readonly note: (text: string) => void;
}

const RETRIES = 5;
const LONGEST_PAUSE_MS = 5 * 60 * 1000;

/**
 * @param gained whether the attempt that just failed brought something all the same: then it doesn't count
 * @throws the last attempt's error; at once where trying again can't help
 */
export async function persist<T>(
  attempt: () => Promise<T>,
  { signal, pauseMs, note }: PersistOptions,
  gained: () => boolean = () => false,
): Promise<T> {
  return pRetry(attempt, {
    retries: RETRIES,
    minTimeout: pauseMs,
    signal,
    shouldRetry: ({ error }) => isTransient(error),
    shouldConsumeRetry: () => !gained(),
    async onFailedAttempt({ error, retriesLeft }) {
      signal.throwIfAborted();
      if (!isTransient(error) || retriesLeft === 0) return;
      const { message, retryAfterMs = 0 } = error;
      if (retryAfterMs > LONGEST_PAUSE_MS) throw error;
      note(message);
      const pause = Math.max(retryAfterMs, gained() ? pauseMs : 0); // p-retry pauses only before what counts
      if (pause > 0) await sleep(pause, undefined, { signal });
    },
  });
}

const isTransient = (error: Error): error is HubError => error instanceof HubError && error.transient;
