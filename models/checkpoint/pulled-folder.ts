// Folders in the hub's cache: `models--owner--name/snapshots/commit`. What lies there was pulled, and can be again.
import { readFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';

export interface PulledFolder {
  readonly cache: string;
  /** `owner/name` */
  readonly name: string;
}

/** Undefined for folders elsewhere. */
export function pulledFolder(folder: string): PulledFolder | undefined {
  const snapshots = dirname(folder);
  const repository = dirname(snapshots);
  const [, owner, name] = /^models--(.+?)--(.+)$/.exec(basename(repository)) ?? [];
  if (name === undefined || basename(snapshots) !== 'snapshots') return undefined;
  return { cache: dirname(repository), name: `${owner}/${name}` };
}

/** What `blipcord pull` is to be told for the same files: `owner/name`, or with the commit where main is another by now. */
export function pulledAs(folder: string): string | undefined {
  const name = pulledFolder(folder)?.name;
  if (name === undefined) return undefined;
  return mainOf(dirname(dirname(folder))) === basename(folder) ? name : `${name}@${basename(folder)}`;
}

function mainOf(repository: string): string | undefined {
  try {
    return readFileSync(join(repository, 'refs', 'main'), 'utf8').trim();
  } catch {
    return undefined; // it was pulled by another name
  }
}
