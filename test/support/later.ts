// What takes long until then: for tests that need not wait for it.
import { onTestFinished, vi } from 'vitest';

/** The clock shows so much more from now on, and stands there until the test has ended; timers run as ever. */
export function later(ms: number): void {
  vi.useFakeTimers({ toFake: ['Date'], now: Date.now() + ms });
  onTestFinished(() => void vi.useRealTimers());
}
