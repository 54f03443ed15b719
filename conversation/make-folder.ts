// Makes folders where they are absent.
import { existsSync, mkdirSync } from 'node:fs';
import { dirname } from 'node:path';

/** With those above it. Node's own `recursive` tries for ever below folders such as /proc, which take no others. */
export function makeFolder(path: string): void {
  if (existsSync(path)) return;
  makeFolder(dirname(path));
  try {
    mkdirSync(path);
  } catch (error) {
    // Another process may have been quicker.
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
  }
}
