// The options that scenes were made with, kept beside them, so that a run with others does not take them for its own.
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { UsageError } from '../../src/usage-error.ts';

export interface MadeWith {
  /** Absolute, as is `artwork`. */
  readonly model: string;
  readonly artist: string;
  readonly artwork: string;
  readonly scenes: number;
}

const NAMES = ['model', 'artist', 'artwork', 'scenes'] as const;

export async function keepMadeWith(folder: string, options: MadeWith): Promise<void> {
  await writeFile(fileIn(folder), `${JSON.stringify(options)}\n`);
}

/** @throws UsageError where the folder's scenes were made with others, naming the first that differs */
export async function checkMadeWith(folder: string, options: MadeWith): Promise<void> {
  const there = await readMadeWith(folder);
  const other = NAMES.find((name) => there[name] !== options[name]);
  if (other === undefined) return;
  throw new UsageError(
    `${folder} holds scenes of another run: its --${other} is ${there[other] ?? 'not kept'} there, and ${options[other]} here. Name another folder with --out, or delete it.`,
  );
}

/** Nothing where it isn't there, or was cut off. */
async function readMadeWith(folder: string): Promise<Partial<MadeWith>> {
  try {
    return JSON.parse(await readFile(fileIn(folder), 'utf8')) ?? {};
  } catch {
    return {}; // then each option differs, and the folder is refused
  }
}

const fileIn = (folder: string) => join(folder, 'made-with.json');
