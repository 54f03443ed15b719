import { stat } from 'node:fs/promises';
import { resolve } from 'node:path';
import { NotRegularError, readRegularFile } from '../../models/regular-file.ts';
import { UsageError } from '../usage-error.ts';

/** @throws UsageError naming the file and what is wrong with it */
export async function readImage(file: string, { folder }: { readonly folder: string }): Promise<Uint8Array> {
  const path = resolve(folder, file);
  try {
    if ((await stat(path)).isDirectory()) throw Object.assign(new Error(), { code: 'EISDIR' });
    return await readRegularFile(path);
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
  if (error instanceof NotRegularError) {
    return new UsageError(`${path} is no regular file. Name ${wanted} on the disk.`);
  }
  const { code = '', message } = error as NodeJS.ErrnoException;
  return new UsageError(`${path} ${remedies[code] ?? `can't be read: ${message}`}.`);
}
