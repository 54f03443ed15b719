// What the benchmarks' command lines have in common. Each throws a UsageError with the remedy.
import { existsSync, statSync } from 'node:fs';
import { dirname, extname, join, resolve } from 'node:path';
import type { WeightChoice } from '../models/backend.ts';
import { BLOCK_SIZES, type BlockSize } from '../models/quantise/quantise-blocks.ts';
import { weightChoices } from '../models/weight-choices.ts';
import { UsageError } from '../src/usage-error.ts';

/** Absolute. */
export function checkpointFolder(model: string): string {
  const folder = resolve(model);
  if (existsSync(join(folder, 'config.json'))) return folder;
  throw new UsageError(`There is no checkpoint in ${folder}. Name a folder that holds a config.json.`);
}

/** Absolute. */
export function imageFile(image: string): string {
  const file = resolve(image);
  if (statSync(file, { throwIfNoEntry: false })?.isFile()) return file;
  throw new UsageError(`There is no image ${file}. Name a file with --image.`);
}

export function weightChoice(text: string): WeightChoice {
  const choice = weightChoices.find((one) => one === text);
  if (choice !== undefined) return choice;
  throw new UsageError(`--weights is "${text}". Use one of: ${weightChoices.join(', ')}.`);
}

/** Undefined where it isn't given. */
export function blockSize(flag: string, text: string | undefined): BlockSize | undefined {
  const size = BLOCK_SIZES.find((known) => String(known) === text);
  if (size !== undefined || text === undefined) return size;
  throw new UsageError(`${flag} is "${text}". Use one of: ${BLOCK_SIZES.join(', ')}.`);
}

export function count(flag: string, text: string, least = 1): number {
  const number = Number(text);
  if (/^\d+$/.test(text) && number >= least) return number;
  throw new UsageError(`${flag} is "${text}". Use a whole number from ${least}.`);
}

/** Absolute, of a file that is to be drawn; undefined where it isn't given. */
export function plotFile(path: string | undefined): string | undefined {
  if (path === undefined) return undefined;
  const file = resolve(path);
  if (extname(file) !== '.svg') throw new UsageError(`--plot is "${path}". Name a file that ends in .svg.`);
  const folder = dirname(file);
  if (!existsSync(folder)) throw new UsageError(`There is no folder ${folder} for --plot. Make it first.`);
  return file;
}
