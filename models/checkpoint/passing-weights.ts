// Which models' weights a pull in fewer bits fetched, only to write them again. It may be killed at any time: so a file
// beside the snapshots says it from before their first byte comes until they are gone, or wanted after all.
import { existsSync, rmSync, writeFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';

/** @param snapshot the folder of the model's commit, as in all below */
export function markPassing(snapshot: string): void {
  writeFileSync(markOf(snapshot), '');
}

export function arePassing(snapshot: string): boolean {
  return existsSync(markOf(snapshot));
}

/** They are gone, or to stay. */
export function unmarkPassing(snapshot: string): void {
  rmSync(markOf(snapshot), { force: true });
}

const markOf = (snapshot: string) =>
  join(dirname(dirname(snapshot)), `.blipcord-passing-${basename(snapshot)}`);
