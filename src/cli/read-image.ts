import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { UsageError } from '../usage-error.ts';

/** @throws UsageError naming the file and what is wrong with it */
export async function readImage(file: string, { folder }: { readonly folder: string }): Promise<Uint8Array> {
  const path = resolve(folder, file);
  try {
    return await readFile(path);
  } catch (error) {
    throw unreadable(path, error, 'an image');
  }
}

/** @param wanted what should have been named, as in `an image` */
export function unreadable(path: string, error: unknown, wanted: string): UsageError {
  const remedies: Readonly<Record<string, string>> = {
    ENOENT: 'does not exist. Check its name',
    EISDIR: `is a folder. Name ${wanted} in it`,
    EACCES: 'may not be read. Change its permissions',
  };
  const { code = '', message } = error as NodeJS.ErrnoException;
  return new UsageError(`${path} ${remedies[code] ?? `can't be read: ${message}`}.`);
}
