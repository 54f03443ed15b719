// Work that Ctrl+C, or a signal that asks the program to end, breaks off in an orderly way.

/** What was interrupted; the exit code is the one that shells give to SIGINT. */
export class InterruptedError extends Error {
  override name = 'InterruptedError';
  static readonly exitCode = 130;
}

const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

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
  const interrupt = () => {
    stopListening();
    controller.abort(new InterruptedError(farewell));
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
