// Whether a model can be opened with what it is given, said before anything is loaded.
import { inspect } from 'node:util';
import { weightChoices } from './weight-choices.ts';
import type { WorkerBackendOptions } from './worker-protocol.ts';

const RANGES = {
  prefixBytes: { from: 0 },
  textsAtOnce: { from: 1, endless: true },
  maxWaiting: { from: 0, endless: true },
} as const satisfies Partial<Record<keyof WorkerBackendOptions, Range>>;

interface Range {
  readonly from: number;
  /** Infinity is allowed, too. */
  readonly endless?: true;
}

/**
 * @throws TypeError for a folder that is no text, or empty
 * @throws RangeError for weights that there aren't, and a number that is out of its range
 */
export function checkOpenOptions({ folder, ...options }: WorkerBackendOptions): void {
  if (typeof folder !== 'string' || folder === '') {
    throw new TypeError(`folder is ${inspect(folder)}. Use the path of a folder.`);
  }
  const { weights = 'auto' } = options;
  if (!weightChoices.includes(weights)) {
    throw new RangeError(`weights is ${inspect(weights)}. Use one of: ${weightChoices.join(', ')}.`);
  }
  for (const name of Object.keys(RANGES) as (keyof typeof RANGES)[]) {
    const { from, endless }: Range = RANGES[name];
    const value = options[name];
    if (value === undefined || (Number.isSafeInteger(value) && value >= from)) continue;
    if (endless && value === Infinity) continue;
    const orEndless = endless ? ', or Infinity' : '';
    throw new RangeError(`${name} is ${inspect(value)}. Use a whole number from ${from}${orEndless}.`);
  }
}
