// Threads are named after their pictures, so several may have one name; the channel list numbers those.
import type { PageChannel } from '../page-api.ts';

/** By id: "a rocket", and of those after it "a rocket (2)", "a rocket (3)". @param threads oldest first */
export function threadNames(threads: readonly PageChannel[]): ReadonlyMap<string, string> {
  const counts = new Map<string, number>();
  return new Map(
    threads.map(({ id, name }) => {
      const given = name ?? '';
      const count = (counts.get(given) ?? 0) + 1;
      counts.set(given, count);
      return [id, count === 1 ? given : `${given} (${count})`];
    }),
  );
}
