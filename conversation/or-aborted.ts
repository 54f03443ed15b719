/** Waits no longer than until it is aborted; what was waited for goes on. @throws the signal's reason */
export async function orAborted<T>(run: Promise<T>, signal: AbortSignal | undefined): Promise<T> {
  if (!signal) return run;
  let onAbort = () => {};
  const aborted = new Promise<never>((_resolve, reject) => {
    onAbort = () => reject(signal.reason);
    if (signal.aborted) onAbort();
    else signal.addEventListener('abort', onAbort, { once: true });
  });
  try {
    return await Promise.race([aborted, run]);
  } finally {
    signal.removeEventListener('abort', onAbort);
  }
}
