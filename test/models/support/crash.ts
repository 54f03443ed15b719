// Ends a model's thread as an accident would.
import type { Worker } from 'node:worker_threads';

/**
 * Sends what can't be read at the other end, so that an exception ends the thread. (`terminate` within a run
 * of onnxruntime would abort the whole process.)
 */
export function crash(worker: Worker | undefined): void {
  const lost = new Float32Array(1);
  for (let times = 0; times < 2; times++) worker?.postMessage({ lost }, [lost.buffer]);
}
