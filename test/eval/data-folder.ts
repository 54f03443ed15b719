// A folder for a data set's files.
import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { beforeEach } from 'vitest';

export interface DataFolder {
  readonly path: string;
  /** @returns the path of the file */
  readonly write: (name: string, content: unknown) => string;
}

/** Call it at the beginning of a test file: each test finds a new one. */
export function dataFolder(): DataFolder {
  let folder = '';
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'blipcord-data-'));
  });
  return {
    get path() {
      return folder;
    },
    write(name, content) {
      const path = join(folder, name);
      mkdirSync(dirname(path), { recursive: true });
      writeFileSync(path, typeof content === 'string' ? content : JSON.stringify(content));
      return path;
    },
  };
}
