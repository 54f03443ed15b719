import { describe, expect, it } from 'vitest';
import { InFlight } from '../../src/in-flight.ts';
import { deferred } from '../support/deferred.ts';

describe('InFlight', () => {
  it('waits for what is under way, and for what begins meanwhile', async () => {
    const inFlight = new InFlight();
    const [first, second] = [deferred(), deferred()];
    inFlight.add(first.promise);
    let isSettled = false;
    const settled = inFlight.settled(60_000).then((value) => {
      isSettled = value;
    });
    inFlight.add(second.promise);
    first.resolve();
    await new Promise(setImmediate);
    expect(isSettled).toBe(false);
    second.resolve();
    await settled;
    expect(isSettled).toBe(true);
  });

  it('waits no longer than it may', async () => {
    const inFlight = new InFlight();
    inFlight.add(new Promise(() => {}));
    expect(await inFlight.settled(10)).toBe(false);
  });

  it('has nothing to wait for when nothing is under way', async () => {
    expect(await new InFlight().settled(0)).toBe(true);
  });
});
