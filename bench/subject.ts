// What is measured unless another is named: the embedded checkpoint, and a picture that it knows.
import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { WeightChoice } from '../models/backend.ts';
import { weightChoices } from '../src/config.ts';
import { UsageError } from '../src/usage-error.ts';
import { Artist } from '../test/scenes/paint.ts';

const root = join(import.meta.dirname, '..');

export const embedded = join(root, 'models', 'emoji');
export const picture = join(root, 'test', 'goldens', 'emoji', 'scene3.png');

/** For `parseArgs`: folder of a checkpoint, and file of an image. */
export const subjectOptions = {
  model: { type: 'string', default: embedded },
  image: { type: 'string', default: picture },
} as const;

/** Absolute. */
export function checkpointFolder(model: string): string {
  const folder = resolve(model);
  if (existsSync(join(folder, 'config.json'))) return folder;
  throw new UsageError(`There is no checkpoint in ${folder}. Name a folder that holds a config.json.`);
}

export function weightChoice(text: string): WeightChoice {
  const choice = weightChoices.find((one) => one === text);
  if (choice !== undefined) return choice;
  throw new UsageError(`--weights is "${text}". Use one of: ${weightChoices.join(', ')}.`);
}

export function count(flag: string, text: string, least = 1): number {
  const number = Number(text);
  if (/^\d+$/.test(text) && number >= least) return number;
  throw new UsageError(`${flag} is "${text}". Use a whole number from ${least}.`);
}

export function openArtist(set: string, artwork: string): Artist {
  const folder = resolve(artwork);
  try {
    return new Artist(set, join(folder, 'package.json'));
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'MODULE_NOT_FOUND') throw error;
    throw new UsageError(
      `${folder} holds no emoji of the set "${set}". Install @iconify-json/${set} there.`,
      {
        cause: error,
      },
    );
  }
}
