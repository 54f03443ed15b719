// Where everything that outlives the process is kept: opened from an address, handed out as Keyv by namespace.
import type Keyv from 'keyv';
import { StoreError } from './errors.ts';

export interface Store {
  /** The same namespace always shows the same records. Failed writes throw. */
  namespace<Value>(name: string, options?: { readonly ttlMs?: number }): Keyv<Value>;
  close(): Promise<void>;
}

/**
 * @param address `sqlite://path/to/file` (relative to the working folder, or absolute) or `memory:`
 * @throws StoreError
 */
export function openStore(address: string): Store {
  throw new StoreError(`BLIPCORD_STORE is "${address}", and no store is written yet.`);
}
