// What a store that fails costs: the memory, and no answer.
import type { Logger } from '../models/logger.ts';
import { StoreError } from './errors.ts';

/** @returns undefined where the store failed, which the log says; any other error is thrown */
export async function orLogged<T>(
  access: () => Promise<T>,
  log: Pick<Logger, 'error'> | undefined,
  fields: object = {},
): Promise<T | undefined> {
  try {
    return await access();
  } catch (error) {
    if (!(error instanceof StoreError)) throw error;
    log?.error({ err: error, ...fields }, error.message);
    return undefined;
  }
}
