// Which BLIP-2 checkpoints lie in the hub's cache, whoever put them there, and how to be rid of them.
import { existsSync, lstatSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { kindOf } from '../../models/checkpoint/kind.ts';
import { arePassing, readPassing } from '../../models/checkpoint/passing-weights.ts';
import { UsageError } from '../usage-error.ts';
import { tryLock } from './cache-lock.ts';
import { PARTIAL, repositoryFolder } from './hub-cache.ts';
import { HubError } from './hub-error.ts';
import { DEFAULT_REVISION, formatModelId, type ModelId } from './model-id.ts';
import { missingFiles, type WeightsHere, weightsHere } from './needed-files.ts';
import { unlessAbsent } from './unless-absent.ts';

export interface CachedModel {
  /** `Salesforce/blip2-opt-2.7b` */
  readonly name: string;
  /** Names of the commit, such as `main`, or else the commit. */
  readonly revision: string;
  readonly commit: string;
  /** With what has come in part, where something is missing. */
  readonly bytes: number;
  readonly kind: ModelKind;
  readonly weights: readonly WeightsHere[];
  /** False while something is missing, also what wide weights were fetched for alone. */
  readonly complete: boolean;
  /** The command that fetches what is missing. */
  readonly fetch?: string;
  readonly folder: string;
}

/** What the model is for or, where it talks, what it talks with. */
export type ModelKind = 'opt' | 't5' | 'retrieval';

export function listCachedModels(cache: string): CachedModel[] {
  return listFolder(cache)
    .filter((folder) => folder.startsWith('models--'))
    .flatMap((folder) => listSnapshots(cache, folder.split('--').slice(1).join('/')));
}

/**
 * Removes all revisions of a model.
 *
 * @returns how many bytes that freed
 * @throws UsageError when there is none of that name
 */
export function removeCachedModel(cache: string, name: string): number {
  const repository = repositoryFolder(cache, name);
  if (!existsSync(repository)) {
    throw new UsageError(`There is no pulled model "${name}". See which there are with blipcord models.`);
  }
  const lock = tryLock(cache, name);
  if (lock === undefined) {
    throw new HubError(
      `${name} is being pulled or quantised. Wait for the end of that, or end it, and remove it then.`,
    );
  }
  try {
    const bytes = filesBelow(repository).reduce((sum, file) => sum + lstatSync(file).size, 0);
    rmSync(repository, { recursive: true });
    return bytes;
  } finally {
    lock.release();
  }
}

/** The kind of the checkpoint in a folder; undefined for another architecture than BLIP-2, or for none. */
export function modelKind(folder: string): ModelKind | undefined {
  try {
    const config = JSON.parse(readFileSync(join(folder, 'config.json'), 'utf8'));
    if (config.model_type !== 'blip-2') return undefined;
    if (kindOf(config) === 'matches') return 'retrieval';
    return config.text_config?.model_type === 't5' ? 't5' : 'opt';
  } catch {
    return undefined;
  }
}

/** Links are followed, and not counted twice. */
export function bytesIn(folder: string): number {
  return listFolder(folder).reduce(
    (sum, name) => sum + (statSync(join(folder, name), { throwIfNoEntry: false })?.size ?? 0),
    0,
  );
}

function listSnapshots(cache: string, name: string): CachedModel[] {
  const repository = repositoryFolder(cache, name);
  const names = refsByCommit(join(repository, 'refs'));
  return listFolder(join(repository, 'snapshots')).flatMap((commit) => {
    const folder = join(repository, 'snapshots', commit);
    const kind = modelKind(folder);
    if (kind === undefined) return [];
    const revision = names.get(commit)?.join(', ') ?? commit;
    const weights = weightsHere(folder);
    const complete = weights.length > 0 && missingFiles(folder).length === 0;
    const model = { name, revision, commit, kind, weights, complete, folder };
    if (complete) return [{ ...model, bytes: bytesIn(folder) }];
    const bytes = bytesIn(folder) + partialBytes(join(repository, 'blobs'));
    return [{ ...model, bytes, fetch: fetchCommand(formatModelId(idOf(name, commit, names)), folder) }];
  });
}

/** Before a first pull has ended there are no names, and main is what people pull. */
function idOf(name: string, commit: string, names: Map<string, string[]>): ModelId {
  const known = names.size === 0 ? [DEFAULT_REVISION] : (names.get(commit) ?? [commit]);
  return { name, revision: known.find((one) => one === DEFAULT_REVISION) ?? known[0] ?? commit };
}

function fetchCommand(model: string, folder: string): string {
  const weights = arePassing(folder) ? readPassing(folder).weights : undefined;
  return `blipcord pull ${model}${weights === undefined ? '' : ` --weights ${weights}`}`;
}

/** Of files that have come in part, whose names are their hashes: which commit they are of nobody can tell. */
function partialBytes(blobs: string): number {
  return filesBelow(blobs)
    .filter((file) => file.endsWith(PARTIAL))
    .reduce((sum, file) => sum + lstatSync(file).size, 0);
}

function refsByCommit(refs: string): Map<string, string[]> {
  const names = new Map<string, string[]>();
  for (const file of filesBelow(refs)) {
    const commit = readFileSync(file, 'utf8').trim();
    const name = file.slice(refs.length + 1).replaceAll('\\', '/');
    names.set(commit, [...(names.get(commit) ?? []), name]);
  }
  return names;
}

function filesBelow(folder: string): string[] {
  if (!existsSync(folder)) return [];
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name));
}

function listFolder(folder: string): string[] {
  return unlessAbsent(folder, (path) => readdirSync(path).sort()) ?? [];
}
