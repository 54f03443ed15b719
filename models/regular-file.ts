import { readFile, stat } from 'node:fs/promises';

/** What was named is there, but is a folder, a named pipe or a device: to read one may wait for ever. */
export class NotRegularError extends Error {
  override name = 'NotRegularError';
}

/** @throws NotRegularError, or what the file system says against it */
export async function readRegularFile(path: string): Promise<Buffer> {
  if (!(await stat(path)).isFile()) throw new NotRegularError(`${path} is no regular file.`);
  return readFile(path);
}
