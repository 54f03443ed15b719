// Fetches a model from the hub into the cache: checked, and there as a whole or not at all.
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { WeightPrecision } from '../../models/backend.ts';
import { arePassing, markPassing, unmarkPassing } from '../../models/checkpoint/passing-weights.ts';
import { readQuantisedWeights } from '../../models/checkpoint/quantised-weights.ts';
import { readAnyConfig } from '../../models/checkpoint/retrieval-config.ts';
import { hasStoredWeights } from '../../models/checkpoint/stored-weights.ts';
import { isFileError } from '../../models/disk.ts';
import { CheckpointError } from '../../models/errors.ts';
import { makeRecipe, type Recipe } from '../../models/quantise/parts.ts';
import { cantWrite, requireRoom } from './cache-disk.ts';
import { type CacheLock, tryLock } from './cache-lock.ts';
import { blobPath, bytesHere, downloadBlob } from './download-blob.ts';
import { linkBlob, repositoryFolder, snapshotFolder, writeRef } from './hub-cache.ts';
import { HubError } from './hub-error.ts';
import { letGoOfPassing } from './let-go.ts';
import { formatModelId, type ModelId } from './model-id.ts';
import { smallFiles, weightFiles } from './needed-files.ts';
import type { PullReporter } from './pull-reporter.ts';
import { isMadeBy, quantisedBytes, quantisePulled } from './quantise-pulled.ts';
import { type HubAccess, openRemoteModel, type RemoteFile, type RemoteModel } from './remote-model.ts';

export interface PullOptions extends HubAccess {
  /** The hub's cache folder. */
  readonly cache: string;
  readonly reporter: PullReporter;
  readonly signal: AbortSignal;
  /** Keeps the weights in this alone, where they weren't here before as they are on the hub. */
  readonly weights?: WeightPrecision | undefined;
  /** How they become that; without it the usual way, and what was made before in another will do. */
  readonly recipe?: Recipe | undefined;
  /** Before something is tried again, at first; default: a second. */
  readonly pauseMs?: number;
  /** How many bytes there is room for where a folder lies. */
  readonly freeBytes?: (folder: string) => Promise<number>;
}

export interface Pulled {
  readonly folder: string;
  readonly commit: string;
  readonly bytes: number;
}

/**
 * @throws HubError for a model that can't be had or used, and when the disk is too full
 * @throws CheckpointError for a model that is no BLIP-2, before its weights are fetched
 * @throws the signal's reason; the next pull goes on from what has come
 */
export async function pull(id: ModelId, options: PullOptions): Promise<Pulled> {
  const { signal, reporter, pauseMs = 1000 } = options;
  const patience = { signal, pauseMs, note: reporter.note };
  const model = await openRemoteModel(id, options, patience);
  const names = model.files.map(({ name }) => name);
  const small = smallFiles(names, formatModelId(id));
  try {
    const lock = await waitForLock(id, options);
    try {
      return await fetchModel(small, { ...options, ...patience, model });
    } finally {
      lock.release();
    }
  } catch (error) {
    throw isFileError(error) ? cantWrite(error, options.cache) : error;
  }
}

interface Target extends PullOptions {
  readonly model: RemoteModel;
  readonly pauseMs: number;
  readonly note: PullReporter['note'];
}

/** The weights last: where they are, everything is. */
async function fetchModel(small: readonly string[], target: Target): Promise<Pulled> {
  const { model, cache } = target;
  const { id, commit } = model;
  const folder = folderOf(target);
  const files = pick(small, model);
  await requireRoom(files, placeOf(target));
  await fetchFiles(files, target, () => {});
  await readAnyConfig(folder);
  const names = model.files.map(({ name }) => name);
  const stored = pick(weightFiles(folder, names), model);
  if (target.weights === undefined) unmarkPassing(folder);
  const weights =
    target.weights === undefined
      ? await fetchWeights(stored, target)
      : await fetchQuantised(stored, target, target.weights);
  writeRef(cache, id, commit);
  return { folder, commit, bytes: sum(files.map(({ bytes }) => bytes)) + weights };
}

async function waitForLock({ name }: ModelId, options: PullOptions): Promise<CacheLock> {
  const { cache, reporter, signal, pauseMs = 1000 } = options;
  for (let told = false; ; told = true) {
    const lock = tryLock(cache, name);
    if (lock !== undefined) return lock;
    if (!told) reporter.note(`Another blipcord is at work on ${name}. Waiting for it.`);
    await sleep(pauseMs, undefined, { signal });
  }
}

/**
 * @param written how much room is needed besides
 * @returns how many bytes they have
 */
async function fetchWeights(weights: readonly RemoteFile[], target: Target, written = 0): Promise<number> {
  const { reporter } = target;
  const blobs = blobsFolder(target);
  await requireRoom(weights, { ...placeOf(target), written });
  const here = sum(await Promise.all(weights.map((file) => bytesHere(blobs, file))));
  const total = sum(weights.map(({ bytes }) => bytes));
  reporter.begin(total, here, 'fetching');
  try {
    await fetchFiles(weights, target, reporter.advance);
  } finally {
    reporter.end();
  }
  return total;
}

/**
 * Fetches the weights, writes them again in fewer bits, and lets them go unless they were there before. A snapshot is of
 * one commit, so that what was made in it before is of these weights.
 */
async function fetchQuantised(
  stored: readonly RemoteFile[],
  target: Target,
  weights: WeightPrecision,
): Promise<number> {
  const folder = folderOf(target);
  const { recipe = makeRecipe(weights) } = target;
  const bytes = (await madeBefore(folder, weights, target)) ?? (await fetchAndWrite(stored, target, recipe));
  await letGoOfPassing(repositoryFolder(target.cache, target.model.id.name));
  return bytes;
}

async function fetchAndWrite(stored: readonly RemoteFile[], target: Target, recipe: Recipe): Promise<number> {
  const folder = folderOf(target);
  if (arePassing(folder) || !(await hasStoredWeights(folder))) {
    markPassing(folder, { weights: recipe.weights, blobs: stored.map(({ hash }) => hash.digest) });
  }
  await fetchWeights(stored, target, await quantisedBytes(folder, recipe));
  return quantisePulled(folder, recipe, target);
}

/** @returns how many bytes they have; undefined where they are not there, damaged, or made in another way */
async function madeBefore(
  folder: string,
  weights: WeightPrecision,
  { recipe }: Target,
): Promise<number | undefined> {
  try {
    const { files, quantisation } = await readQuantisedWeights(folder, weights);
    if (recipe && !(await isMadeBy(recipe, folder, quantisation))) return undefined;
    return sum(files.map(({ byteLength }) => byteLength));
  } catch (error) {
    if (error instanceof CheckpointError) return undefined;
    throw error;
  }
}

async function fetchFiles(
  files: readonly RemoteFile[],
  target: Target,
  onBytes: (count: number) => void,
): Promise<void> {
  const blobs = blobsFolder(target);
  for (const file of files) {
    await downloadBlob(file, target.model, { ...target, blobs, onBytes });
    linkBlob(blobPath(blobs, file), join(folderOf(target), file.name));
  }
}

function pick(names: readonly string[], { files, id }: RemoteModel): RemoteFile[] {
  return names.map((name) => {
    const file = files.find((listed) => listed.name === name && !/[/\\]/.test(name));
    if (file !== undefined) return file;
    throw new HubError(
      `${formatModelId(id)} lists no ${name}, which its index of weights names. Ask its makers.`,
    );
  });
}

const placeOf = (target: Target) => ({ ...target, id: target.model.id, blobs: blobsFolder(target) });
const blobsFolder = ({ cache, model }: Target) => join(repositoryFolder(cache, model.id.name), 'blobs');
const folderOf = ({ cache, model }: Target) => snapshotFolder(cache, model.id.name, model.commit);
const sum = (numbers: readonly number[]) => numbers.reduce((total, number) => total + number, 0);
