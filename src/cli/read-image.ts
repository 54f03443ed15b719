import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { UsageError } from '../usage-error.ts';

const remedies: Readonly<Record<string, string>> = {
  ENOENT: 'does not exist. Check its name',
  EISDIR: 'is a folder. Name an image in it',
  EACCES: 'may not be read. Change its permissions',
};

/** @throws UsageError naming the file and what is wrong with it */
export async function readImage(file: string, { folder }: { readonly folder: string }): Promise<Uint8Array> {
  const path = resolve(folder, file);
  try {
    return await readFile(path);
  } catch (error) {
    const { code = '', message } = error as NodeJS.ErrnoException;
    throw new UsageError(`${path} ${remedies[code] ?? `can't be read: ${message}`}.`);
  }
}
