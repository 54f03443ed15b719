// Where models of the hub lie: the folder that transformers and the other tools of the hub use, too, laid out as they
// do it (https://huggingface.co/docs/huggingface_hub/guides/manage-cache). Reading it needs no library.
import {
  linkSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join, relative } from 'node:path';
import type { ModelId } from './model-id.ts';
import { missingFiles } from './needed-files.ts';
import { unlessAbsent } from './unless-absent.ts';

/** Ends the name of a blob that has come in part. */
export const PARTIAL = '.incomplete';
/** Ends the name of a link until it takes the place of what was there. */
const UNFINISHED = '.new';

/** Everything of one model: `blobs/` by hash, `snapshots/` of links to them by commit, and `refs/` from names to commits. */
export function repositoryFolder(cache: string, name: string): string {
  return join(cache, ['models', ...name.split('/')].join('--'));
}

/** The files of one commit. */
export function snapshotFolder(cache: string, name: string, commit: string): string {
  return join(repositoryFolder(cache, name), 'snapshots', commit);
}

export interface CachedSnapshot {
  readonly folder: string;
  /** Empty when the model is there as a whole. */
  readonly missing: readonly string[];
}

/** Undefined where nothing is there under that revision. */
export function findSnapshot(cache: string, { name, revision }: ModelId): CachedSnapshot | undefined {
  const commit = isCommit(revision) ? revision : readRef(repositoryFolder(cache, name), revision);
  if (commit === undefined) return undefined;
  const folder = snapshotFolder(cache, name, commit);
  return { folder, missing: missingFiles(folder) };
}

/** From now on the revision names this commit. */
export function writeRef(cache: string, { name, revision }: ModelId, commit: string): void {
  if (isCommit(revision)) return;
  const file = join(repositoryFolder(cache, name), 'refs', revision);
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(`${file}.new`, commit);
  renameSync(`${file}.new`, file);
}

/** Puts a blob under its name into a snapshot; what was there under that name gives way in one step. */
export function linkBlob(blob: string, path: string): void {
  const fresh = path + UNFINISHED;
  mkdirSync(dirname(path), { recursive: true });
  rmSync(fresh, { force: true });
  try {
    symlinkSync(relative(dirname(path), blob), fresh);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EPERM') throw error;
    linkSync(blob, fresh); // Windows lets few accounts make symbolic links
  }
  renameSync(fresh, path);
}

/** Removes a blob unless a snapshot has a link to it; one that `linkBlob` was killed over goes with it. */
export function removeUnused(blob: string, snapshots: string): void {
  const links = linksIn(snapshots).filter((path) => isSameFile(path, blob));
  for (const left of links.filter(isUnfinished)) rmSync(left);
  if (links.every(isUnfinished)) rmSync(blob, { force: true });
}

/** The hub's own tools make folders in snapshots, too; and what lies beside those is nobody's model. */
function linksIn(snapshots: string): string[] {
  return readdirSync(snapshots, { recursive: true, withFileTypes: true })
    .filter((entry) => !entry.isDirectory() && entry.parentPath !== snapshots)
    .map((entry) => join(entry.parentPath, entry.name));
}

const isUnfinished = (path: string) => path.endsWith(`.safetensors${UNFINISHED}`);

export function isSameFile(one: string, other: string): boolean {
  const [a, b] = [one, other].map((path) => statSync(path, { throwIfNoEntry: false }));
  return a !== undefined && a.ino === b?.ino && a.dev === b.dev;
}

const isCommit = (revision: string) => /^[0-9a-f]{40}$/.test(revision);

function readRef(repository: string, revision: string): string | undefined {
  return unlessAbsent(join(repository, 'refs', revision), (path) => readFileSync(path, 'utf8').trim());
}
