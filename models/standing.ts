// Where those stand who wait in a queue in which callers take turns, and how long that will take.

/**
 * How many come in before somebody does.
 * @param lengths of the callers' lines, in the order of their turns
 * @param line which of them is theirs
 * @param place theirs in it, from 0
 */
export function turnsBefore(lengths: readonly number[], line: number, place: number): number {
  // Of a line that comes to its turn before theirs, as many as there are of their own up to them; else one less.
  const others = lengths.map((length, at) =>
    at === line ? 0 : Math.min(length, at < line ? place + 1 : place),
  );
  return others.reduce((sum, count) => sum + count, place);
}

/**
 * Milliseconds until there is room for somebody.
 * @param ahead how many come in before
 * @param sinceMs for how long each of those inside has been there
 * @param meanMs how long a visit lasts
 */
export function untilTurn(ahead: number, sinceMs: readonly number[], meanMs: number): number {
  const left = sinceMs.map((ms) => Math.max(0, meanMs - ms)).sort((one, other) => one - other);
  const rounds = Math.floor(ahead / left.length);
  return rounds * meanMs + (left[ahead % left.length] ?? 0);
}
