// Which models' weights a pull in fewer bits fetched, only to write them again. It may be killed at any time: so a file
// beside the snapshots says it from before their first byte comes until they are gone, or wanted after all.
import { existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import type { WeightPrecision } from '../backend.ts';
import { weightPrecisions } from '../weight-choices.ts';

export interface Passing {
  /** What they are written again in; undefined where a kill left the file empty. */
  readonly weights?: WeightPrecision | undefined;
  /** The names of their blobs, whether those have come or not; none where a kill left the file empty. */
  readonly blobs: readonly string[];
}

const MARK = '.blipcord-passing-';

/** @param snapshot the folder of the model's commit, as in all below */
export function markPassing(snapshot: string, { weights, blobs }: Passing = { blobs: [] }): void {
  writeFileSync(markOf(snapshot), [weights ?? '', ...blobs].join('\n'));
}

export function arePassing(snapshot: string): boolean {
  return existsSync(markOf(snapshot));
}

export function readPassing(snapshot: string): Passing {
  const [weights, ...blobs] = readFileSync(markOf(snapshot), 'utf8').split('\n');
  return { weights: weightPrecisions.find((known) => known === weights), blobs };
}

/** Of a model, those that are marked, which may be gone themselves. */
export function passingSnapshots(repository: string): string[] {
  return readdirSync(repository)
    .filter((name) => name.startsWith(MARK))
    .map((name) => join(repository, 'snapshots', name.slice(MARK.length)));
}

/** They are gone, or to stay. */
export function unmarkPassing(snapshot: string): void {
  rmSync(markOf(snapshot), { force: true });
}

const markOf = (snapshot: string) => join(dirname(dirname(snapshot)), MARK + basename(snapshot));
