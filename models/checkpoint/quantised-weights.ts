// The weights that `blipcord quantize` wrote into the checkpoint's folder.
import { realpath } from 'node:fs/promises';
import { join } from 'node:path';
import type { WeightPrecision } from '../backend.ts';
import { exists } from '../disk.ts';
import { CheckpointError, NumberError, PointerFileError, UnusableFileError } from '../errors.ts';
import { commandToMake } from './command-to-make.ts';
import { weightsFingerprint } from './fingerprint.ts';
import { type Quantisation, readQuantisation } from './quantised-matrix.ts';
import { readMetadata, readSafetensors } from './safetensors.ts';
import { hasStoredWeights, readStoredWeights } from './stored-weights.ts';
import { Weights } from './weights.ts';

export const quantisedFile = (weights: WeightPrecision) => `model.${weights}.safetensors`;

export async function hasQuantisedWeights(folder: string, weights: WeightPrecision): Promise<boolean> {
  return exists(join(folder, quantisedFile(weights)));
}

/**
 * Reads headers only.
 *
 * @throws CheckpointError when they are missing, damaged or of other weights than lie beside them, with the command that
 * makes them
 */
export async function readQuantisedWeights(folder: string, weights: WeightPrecision): Promise<Weights> {
  const path = join(folder, quantisedFile(weights));
  const command = (made?: Quantisation) => commandToMake(folder, weights, made);
  if (!(await exists(path))) {
    throw new CheckpointError(`${folder} has no weights in ${weights}. Make them: ${await command()}`);
  }
  const made = await readMade(path, command);
  const { weights: kept, source } = made.quantisation;
  if (kept !== weights) {
    throw new CheckpointError(
      `${path} holds weights in ${kept}. Rename it to ${quantisedFile(kept)}, or make it again: ${await command()}`,
    );
  }
  if (![undefined, source].includes(await sourceOf(folder, weights))) {
    throw new CheckpointError(
      `${path} was made from other weights than lie beside it now. Make it again: ${await command(made.quantisation)}`,
    );
  }
  return new Weights(folder, [made.file], made.quantisation);
}

/** Of what is no number, where quantised weights were used: they are damaged rather than what they were made from. */
export async function nameDamaged(
  error: unknown,
  folder: string,
  { quantisation }: Weights,
): Promise<unknown> {
  if (!(error instanceof NumberError) || quantisation === undefined) return error;
  const { weights } = quantisation;
  const file = join(folder, quantisedFile(weights));
  return new NumberError(
    `The model computed what is no number, because ${file} or the checkpoint's image_std holds such. Where it ran on another device than the CPU, try the CPU first; else delete that file and make it again: ${await commandToMake(folder, weights, quantisation)}`,
    { cause: error },
  );
}

async function readMade(path: string, command: (made?: Quantisation) => Promise<string>) {
  try {
    const file = await readSafetensors(await realpath(path));
    return { file, quantisation: readQuantisation(file) };
  } catch (error) {
    if (!(error instanceof UnusableFileError)) throw error;
    const again = await command(await quantisationOf(path));
    throw new CheckpointError(`${error.problem} Make it again: ${again}`, { cause: error });
  }
}

/** Of a damaged file; undefined where that can't even be told. */
async function quantisationOf(path: string): Promise<Quantisation | undefined> {
  try {
    return readQuantisation({ file: path, metadata: await readMetadata(path) });
  } catch (error) {
    if (error instanceof CheckpointError) return undefined;
    throw error;
  }
}

/** @returns undefined where no weights lie there, or what Git LFS has in their place */
async function sourceOf(folder: string, made: WeightPrecision): Promise<string | undefined> {
  if (!(await hasStoredWeights(folder))) return undefined;
  try {
    return await weightsFingerprint((await readStoredWeights(folder)).files);
  } catch (error) {
    if (error instanceof PointerFileError) return undefined;
    if (!(error instanceof UnusableFileError)) throw error;
    throw new CheckpointError(
      `${error.problem} If the weights in ${made} will do, which are there, delete it instead. Download it again.`,
      { cause: error },
    );
  }
}
