// Gives the memory of arrays back at once. JavaScript's collector sees a step's outputs as some small objects, and lets
// tens of MiB of them pile up.
import { MessageChannel, type MessagePort } from 'node:worker_threads';

let nowhere: MessagePort | undefined;

/**
 * What is posted to a closed port reaches nobody, and what goes with it is freed. The arrays are empty afterwards.
 * @param arrays that nobody reads any more, each with a buffer of its own
 */
export function discard(arrays: readonly Float32Array[]): void {
  nowhere ??= closedPort();
  nowhere.postMessage(
    undefined,
    arrays.map(({ buffer }) => buffer as ArrayBuffer),
  );
}

function closedPort(): MessagePort {
  const { port1 } = new MessageChannel();
  port1.close();
  return port1;
}
