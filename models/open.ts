// Opens a checkpoint on the device asked for. What needs onnxruntime is loaded only when it is.
import type { Backend } from './backend.ts';
import { checkOpenOptions } from './check-open-options.ts';
import type { Matcher } from './matcher.ts';
import type { WorkerBackendOptions } from './worker-protocol.ts';

/** Which folder, on which device, within which limits. */
export type OpenOptions = WorkerBackendOptions;

export interface OpenBackendOptions extends OpenOptions {
  /**
   * By default the model lives in a thread of its own, so that the caller's event loop stays free. False: it runs in
   * the caller's, which its runs then block; for a single answer that is quicker.
   */
  readonly inWorker?: boolean;
}

/**
 * A model that answers.
 *
 * @throws CheckpointError when the folder can't be loaded
 * @throws DeviceError when a device asked for by name doesn't work here
 * @throws TypeError or RangeError for an option that can't be
 */
export async function openBackend({ inWorker = true, ...options }: OpenBackendOptions): Promise<Backend> {
  checkOpenOptions(options);
  if (inWorker) {
    const { WorkerBackend } = await import('./worker-backend.ts');
    return WorkerBackend.open(options);
  }
  const [{ LocalBackend }, { localOptions }] = await Promise.all([
    import('./local-backend.ts'),
    import('./local-options.ts'),
  ]);
  return LocalBackend.open(options.folder, await localOptions(options));
}

/** A model that says how well texts go with an image, in the caller's thread. Throws as `openBackend` does. */
export async function openMatcher(options: OpenOptions): Promise<Matcher> {
  checkOpenOptions(options);
  const [{ Matcher }, { localOptions }] = await Promise.all([
    import('./matcher.ts'),
    import('./local-options.ts'),
  ]);
  return Matcher.open(options.folder, await localOptions(options));
}
