// Waiting for something to happen in the local Discord.
import type { World, WorldEvent } from './state/world.ts';

/** Resolves with the first thing that `pick` makes of an event. */
export function waitForEvent<Picked>(
  world: World,
  pick: (event: WorldEvent) => Picked | undefined,
  timeoutMs: number,
  complaint: () => string,
): Promise<Picked> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => {
      stop();
      reject(new Error(complaint()));
    }, timeoutMs);
    const settle = (finish: () => void) => {
      clearTimeout(timer);
      stop();
      finish();
    };
    const stop = world.listen((event) => {
      try {
        const picked = pick(event);
        if (picked !== undefined) settle(() => resolve(picked));
      } catch (error) {
        settle(() => reject(error)); // it is the waiting test's mistake, not the one's who made the event
      }
    });
  });
}
