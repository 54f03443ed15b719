// Folders with a checkpoint in which something is wrong, and that it is refused for that.
import { mkdtemp, realpath } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'vitest';
import { CheckpointError } from '../../../models/errors.ts';
import { LocalBackend } from '../../../models/local-backend.ts';
import { readGolden, writeCheckpoint, writeJson } from './goldens.ts';

export type Json = Record<string, unknown>;
export type ConfigJson = Json & { [part: string]: Json };

/** By its real path, as links in it are followed. */
export async function newFolder(): Promise<string> {
  return realpath(await mkdtemp(join(tmpdir(), 'blipcord-checkpoint-')));
}

/** Writes the plain checkpoint with some fields of config.json changed; `undefined` takes one out. */
export async function withConfig(folder: string, change: (config: ConfigJson) => void): Promise<void> {
  const plain = readGolden('plain');
  await writeCheckpoint(folder, plain);
  const config = structuredClone(plain.config) as unknown as ConfigJson;
  change(config);
  await writeJson(folder, 'config.json', config);
}

export async function expectRefusal(folder: string, message: RegExp): Promise<void> {
  const opening = LocalBackend.open(folder, { preprocess });
  await expect(opening).rejects.toThrow(CheckpointError);
  await expect(opening).rejects.toThrow(message);
}

export const preprocess = async () => new Float32Array();
