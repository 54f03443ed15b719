// Work that Ctrl+C, or a signal that asks the program to end, breaks off in an orderly way.
import { constants } from 'node:os';

const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

/** What was interrupted; the exit code is the one that shells give to the signal. */
export class InterruptedError extends Error {
  override name = 'InterruptedError';
  readonly exitCode: number;

  constructor(message: string, signal: (typeof SIGNALS)[number]) {
    super(message);
    this.exitCode = 128 + constants.signals[signal];
  }
}

/**
 * A second signal has its usual effect: it ends the process at once.
 *
 * @param farewell what the InterruptedError says
 */
export async function untilInterrupted<T>(
  farewell: string,
  work: (signal: AbortSignal) => Promise<T>,
): Promise<T> {
  const controller = new AbortController();
  const interrupt = (signal: (typeof SIGNALS)[number]) => {
    stopListening();
    controller.abort(new InterruptedError(farewell, signal));
  };
  const stopListening = () => {
    for (const name of SIGNALS) process.off(name, interrupt);
  };
  for (const name of SIGNALS) process.on(name, interrupt);
  try {
    return await work(controller.signal);
  } finally {
    stopListening();
  }
}
