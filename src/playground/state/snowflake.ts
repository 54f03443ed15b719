// Discord's ids: milliseconds since 2015 in the upper 42 bits, so that sorting ids sorts by time.

const discordEpochMs = 1_420_070_400_000;

/**
 * Makes a source of ids that always grow, also within one millisecond or when the clock goes back.
 * @param after an id that all of them are above
 */
export function createSnowflakes(after = '0', now: () => number = Date.now): () => string {
  let last = BigInt(after);
  return () => {
    const fromClock = BigInt(now() - discordEpochMs) << 22n;
    last = fromClock > last ? fromClock : last + 1n;
    return last.toString();
  };
}

/** Negative when `a` is the older id. */
export function compareSnowflakes(a: string, b: string): number {
  return a.length - b.length || (a < b ? -1 : Number(a > b));
}
