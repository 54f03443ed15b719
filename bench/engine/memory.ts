// How much memory a process has, as Linux counts it: its own, and what it has mapped of files.
import { readFileSync } from 'node:fs';

export interface Memory {
  /** Bytes that exist in this process alone and would have to be swapped. */
  readonly anonymous: number;
  /** Bytes of files, such as weights, that the system may drop and read again. */
  readonly mapped: number;
  /** Both together. */
  readonly resident: number;
}

export interface MemoryPeak {
  /** The most of each since the start; undefined where there is no /proc. */
  readonly peak: Memory | undefined;
  readonly stop: () => void;
}

const EVERY_MS = 20;

/** Asks every 20 ms. /proc/PID/status costs nothing, where smaps_rollup, of the same numbers, counts every page. */
export function watchMemory(pid: number): MemoryPeak {
  let peak: Memory | undefined;
  const look = () => {
    const now = readMemory(pid);
    if (now === undefined) return;
    peak = {
      anonymous: Math.max(now.anonymous, peak?.anonymous ?? 0),
      mapped: Math.max(now.mapped, peak?.mapped ?? 0),
      resident: Math.max(now.resident, peak?.resident ?? 0),
    };
  };
  const timer = setInterval(look, EVERY_MS);
  return {
    get peak() {
      return peak;
    },
    stop: () => clearInterval(timer),
  };
}

export function readMemory(pid: number | 'self'): Memory | undefined {
  try {
    const status = readFileSync(`/proc/${pid}/status`, 'utf8');
    const bytes = (field: string) => 1024 * Number(status.match(`${field}:\\s+(\\d+) kB`)?.[1] ?? Number.NaN);
    const [anonymous, mapped] = [bytes('RssAnon'), bytes('RssFile') + bytes('RssShmem')];
    const resident = anonymous + mapped;
    return Number.isNaN(resident) ? undefined : { anonymous, mapped, resident }; // now and then it tells none
  } catch {
    return undefined;
  }
}
