// In the cache is what the hub's tools put there: that something is absent is no mistake, that it can't be read is one.
import { HubError } from './hub-error.ts';

/**
 * @returns undefined where nothing of that kind is there
 * @throws HubError when it can't be read
 */
export function unlessAbsent<T>(path: string, read: (path: string) => T): T | undefined {
  try {
    return read(path);
  } catch (error) {
    const { code = '' } = error as NodeJS.ErrnoException;
    if (['ENOENT', 'ENOTDIR', 'EISDIR'].includes(code)) return undefined;
    throw new HubError(
      `${path} can't be read (${code || error}). Check its permissions, or set HF_HUB_CACHE to another folder.`,
      { cause: error },
    );
  }
}
