// How much memory what was read and said may take where nobody says.
import { totalmem } from 'node:os';

const MOST = 512 * 1024 * 1024;
const SHARE = 64;

/**
 * A 64th of the machine's memory or, in a container, of what that may have; at most 512 MiB. In opt-2.7b's size 512 MiB
 * are 800 tokens, which is eight conversations, in that of opt-125m 7,000.
 *
 * @param memory in bytes
 */
export function prefixRoom(memory = Math.min(totalmem(), containerMemory())): number {
  return Math.min(MOST, Math.floor(memory / SHARE));
}

/** libuv says 0, or more than there is, where nothing is limited. */
function containerMemory(): number {
  return process.constrainedMemory() || Number.POSITIVE_INFINITY;
}
