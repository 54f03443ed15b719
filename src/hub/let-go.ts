// Lets go of weights that pulls in fewer bits fetched only to write them again, also of those pulls that were killed.
import { existsSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { passingSnapshots, readPassing, unmarkPassing } from '../../models/checkpoint/passing-weights.ts';
import { isSameFile, PARTIAL, removeUnused } from './hub-cache.ts';
import { storedHere } from './needed-files.ts';
import { forgetPartials } from './quantise-pulled.ts';

/**
 * Of all commits: the hub's may have moved on since a pull was killed, and nobody comes back to the one before. What
 * has come of them in part goes, too, and what was written of them in part: nobody will go on with that.
 *
 * @param repository everything of the model
 */
export async function letGoOfPassing(repository: string): Promise<void> {
  const blobs = join(repository, 'blobs');
  for (const snapshot of passingSnapshots(repository)) {
    const names = new Set([...readPassing(snapshot).blobs, ...linkedBlobs(snapshot, blobs)]);
    if (existsSync(snapshot)) await forgetPartials(snapshot);
    for (const name of storedHere(snapshot)) rmSync(join(snapshot, name));
    for (const name of names) {
      removeUnused(join(blobs, name), join(repository, 'snapshots'));
      rmSync(join(blobs, name + PARTIAL), { force: true });
    }
    unmarkPassing(snapshot);
  }
}

/** For a mark that a kill left empty. */
function linkedBlobs(snapshot: string, blobs: string): string[] {
  const stored = storedHere(snapshot).map((name) => join(snapshot, name));
  return readdirSync(blobs).filter((name) => stored.some((path) => isSameFile(path, join(blobs, name))));
}
