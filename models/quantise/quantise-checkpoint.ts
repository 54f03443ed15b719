// Writes a checkpoint's weights once more, in fewer bits, into one file beside them. What is written depends on the
// checkpoint and the recipe alone, so that a later run goes on where an earlier one was ended, unless the checkpoint's
// files were written to since.
import { open, readdir, rename, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import type { Blip2Config } from '../checkpoint/config.ts';
import { filesState, weightsFingerprint } from '../checkpoint/fingerprint.ts';
import type { Quantisation } from '../checkpoint/quantised-matrix.ts';
import { hasQuantisedWeights, quantisedFile, readQuantisedWeights } from '../checkpoint/quantised-weights.ts';
import { type RetrievalConfig, readAnyConfig } from '../checkpoint/retrieval-config.ts';
import { hasStoredWeights, readStoredWeights } from '../checkpoint/stored-weights.ts';
import { freeBytesAt, isDiskFull, isFileError } from '../disk.ts';
import { CheckpointError } from '../errors.ts';
import { formatBytes } from '../format-bytes.ts';
import { weightPrecisions } from '../weight-choices.ts';
import { defaultBlockSize } from './default-block-size.ts';
import { type Layout, layOut } from './lay-out.ts';
import { exceptionsOf, makeRecipe, type Recipe, type SettledRecipe } from './parts.ts';
import { planStorage } from './plan-storage.ts';
import { FileWriter } from './write-file.ts';

export interface QuantiseOptions {
  readonly recipe: Recipe;
  readonly signal?: AbortSignal;
  /** Called at first with what an earlier run has written. */
  readonly onProgress?: (written: number, total: number) => void;
  /** What is written until it is sure to be on the disk: so much is written again after a crash. Default 128 MiB. */
  readonly syncBytes?: number;
  /** Default: asks the file system. */
  readonly freeBytes?: (folder: string) => Promise<number>;
}

export interface QuantisedCheckpoint {
  readonly file: string;
  readonly bytes: number;
  /** False: it was there already, of the same weights and by the same recipe. */
  readonly written: boolean;
}

const SYNC_BYTES = 128 << 20;

/**
 * The file appears at once, whole, or not at all. Needs memory for one matrix, whatever the model's size.
 *
 * @throws CheckpointError for a checkpoint that can't be read, values that can't be stored, and a disk that is too full
 * @throws the signal's reason; the next run goes on from what was written
 */
export async function quantiseCheckpoint(
  folder: string,
  options: QuantiseOptions,
): Promise<QuantisedCheckpoint> {
  try {
    const made = (await madeBefore(folder, options.recipe)) ?? (await make(folder, options));
    await removePartials(folder, options.recipe);
    return made;
  } catch (error) {
    throw isFileError(error) ? cantWrite(error, folder) : error;
  }
}

async function make(folder: string, options: QuantiseOptions): Promise<QuantisedCheckpoint> {
  const { layout, earlier } = await planLayout(folder, options.recipe);
  const file = join(folder, quantisedFile(options.recipe.weights));
  for (const known of [layout, earlier]) {
    if (await isWritten(file, known)) return { file, bytes: known.byteLength, written: false };
  }
  const partial = `${file}-${layout.digest}${PARTIAL}`;
  await removePartials(folder, options.recipe, partial);
  await checkSpace(folder, partial, layout, options);
  await write(partial, layout, options);
  await rename(partial, file);
  return { file, bytes: layout.byteLength, written: true };
}

/** How large the file will be: the weights needn't be there. */
export async function plannedBytes(folder: string, recipe: Recipe): Promise<number> {
  const config = await readAnyConfig(folder);
  const settled = settle(recipe, config);
  return layOut(planStorage(config, UNSEEN, settled), { ...settled, source: UNKNOWN, sourceState: UNKNOWN })
    .byteLength;
}

/** As long as any. */
const UNKNOWN = '0'.repeat(32);
const UNSEEN = {
  has: () => false, // then no table has a second copy
  get: (_: string, shape: readonly number[]) =>
    ({ dtype: 'F32', shape, file: '', offset: 0, byteLength: 0 }) as const,
};

const PARTIAL = '.partial';

/** What is there where the weights that it was made from are not: after a pull in fewer bits. */
async function madeBefore(folder: string, recipe: Recipe): Promise<QuantisedCheckpoint | undefined> {
  if (!(await hasQuantisedWeights(folder, recipe.weights)) || (await hasStoredWeights(folder)))
    return undefined;
  const path = join(folder, quantisedFile(recipe.weights));
  const { files, quantisation } = await readQuantisedWeights(folder, recipe.weights);
  if (!(await isMadeBy(recipe, folder, quantisation))) return expectStoredWeights(folder, path);
  const [file] = files;
  return file && { file: path, bytes: file.byteLength, written: false };
}

/** Whether what a file in that folder says of itself is this recipe, whatever the weights it was made from. */
export async function isMadeBy(
  recipe: Recipe,
  folder: string,
  quantisation: Quantisation | undefined,
): Promise<boolean> {
  const { source: _, sourceState: __, ...settled } = { ...quantisation };
  return isDeepStrictEqual(settled, settle(recipe, await readAnyConfig(folder)));
}

/** @throws CheckpointError that says what lacks, and that what is there can be used without it */
async function expectStoredWeights(folder: string, made: string): Promise<undefined> {
  try {
    await readStoredWeights(folder);
  } catch (error) {
    if (!(error instanceof CheckpointError)) throw error;
    throw new CheckpointError(
      `${made} was made by another recipe, and can be used. By this one it can't be made: ${error.message}`,
      { cause: error },
    );
  }
}

const settle = (recipe: Recipe, config: Blip2Config | RetrievalConfig): SettledRecipe => ({
  ...recipe,
  blockSize: recipe.blockSize ?? defaultBlockSize(config),
});

/** And as earlier versions laid it out, whose files didn't tell of the sources' state. */
async function planLayout(folder: string, recipe: Recipe): Promise<Record<'layout' | 'earlier', Layout>> {
  const config = await readAnyConfig(folder);
  const weights = await readStoredWeights(folder);
  const sourceState = await filesState(weights.files);
  const settled = settle(recipe, config);
  const plan = planStorage(config, weights, settled);
  const told = { ...settled, source: await weightsFingerprint(weights.files) };
  return { layout: layOut(plan, { ...told, sourceState }), earlier: layOut(plan, told) };
}

/** What was written until an error stays, unless a later run would end by the same. */
async function write(partial: string, layout: Layout, options: QuantiseOptions): Promise<void> {
  try {
    await writeOn(partial, layout, options);
  } catch (error) {
    if (error instanceof CheckpointError) await rm(partial, { force: true });
    throw error;
  }
}

async function writeOn(partial: string, layout: Layout, options: QuantiseOptions): Promise<void> {
  const { signal, onProgress, syncBytes = SYNC_BYTES } = options;
  await using writer = await FileWriter.open(partial, layout, syncBytes);
  const left = layout.tensors.filter(({ end }) => end > writer.sure);
  const before = left.length === layout.tensors.length ? 0 : (left[0]?.start ?? layout.byteLength);
  onProgress?.(before, layout.byteLength);
  for (const tensor of left) {
    await writer.write(tensor, (written) => {
      signal?.throwIfAborted();
      onProgress?.(written, layout.byteLength);
    });
  }
  await writer.end();
  onProgress?.(layout.byteLength, layout.byteLength);
}

/** The header tells what it was made from, and how. */
async function isWritten(file: string, { header, byteLength }: Layout): Promise<boolean> {
  const status = await stat(file).catch(() => undefined); // there is none yet
  if (status?.isDirectory()) {
    throw new CheckpointError(
      `${file} is a folder, where the weights are to lie. Move it away, and run it again.`,
    );
  }
  if (status?.size !== byteLength) return false;
  await using handle = await open(file);
  const start = Buffer.alloc(header.byteLength);
  await handle.read(start, 0, start.length, 0);
  return start.equals(header);
}

/** What runs that were ended have left, in any precision: nobody can go on once the weights are gone. */
export async function removeAllPartials(folder: string): Promise<void> {
  for (const weights of weightPrecisions) await removePartials(folder, { weights });
}

/** Of earlier runs by other recipes or of other weights, which nobody will go on with. */
async function removePartials(
  folder: string,
  { weights }: Pick<Recipe, 'weights'>,
  kept?: string,
): Promise<void> {
  const names = await readdir(folder);
  const left = names
    .filter((name) => name.startsWith(`${quantisedFile(weights)}-`) && name.endsWith(PARTIAL))
    .map((name) => join(folder, name));
  for (const path of left.filter((path) => path !== kept)) {
    await rm(path, { force: true }).catch(() => undefined); // takes room, and is no reason not to quantise
  }
}

async function checkSpace(
  folder: string,
  partial: string,
  { byteLength }: Layout,
  { recipe, freeBytes = freeBytesAt }: QuantiseOptions,
): Promise<void> {
  const here = (await stat(partial).catch(() => undefined))?.size ?? 0; // none before the first run
  const [needed, free] = [byteLength - here, await freeBytes(folder)];
  if (needed <= free) return;
  const remedy = (await isSmallest(folder, recipe)) ? 'Make room.' : 'Make room, or choose fewer bits.';
  throw new CheckpointError(
    `The disk of ${folder} has ${formatBytes(free)} free, and ${formatBytes(needed)} are needed. ${remedy}`,
  );
}

/** Whether no fewer bits make the file smaller: not every model has parts that can have them. */
async function isSmallest(folder: string, recipe: Recipe): Promise<boolean> {
  const fewer = weightPrecisions.slice(weightPrecisions.indexOf(recipe.weights) + 1);
  const others = fewer.map((weights) => makeRecipe(weights, exceptionsOf(recipe), recipe.blockSize));
  const bytes = await plannedBytes(folder, recipe);
  return (await Promise.all(others.map((other) => plannedBytes(folder, other)))).every(
    (than) => than >= bytes,
  );
}

function cantWrite(error: NodeJS.ErrnoException, folder: string): CheckpointError {
  const problem = isDiskFull(error)
    ? `The disk of ${folder} became full. Make room`
    : `${error.path ?? `A file in ${folder}`} can't be written (${error.code}). Put it right`;
  return new CheckpointError(`${problem}, and run it again.`, { cause: error });
}
