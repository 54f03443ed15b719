// The command line of the engine's benchmarks.
import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { deviceChoices, isDeviceChoice } from '../../models/device-choice.ts';
import { weightChoices } from '../../src/config.ts';
import { subjectOptions } from '../subject.ts';
import type { RoundsOptions } from './rounds.ts';

export interface EngineOptions extends Omit<RoundsOptions, 'contenders' | 'onRound'> {
  readonly alone: boolean;
  readonly json: boolean;
}

export function parseEngineOptions(args: readonly string[]): EngineOptions {
  const { values } = parseArgs({
    args: [...args],
    options: {
      ...subjectOptions,
      rounds: { type: 'string', default: '3' },
      repetitions: { type: 'string', default: '3' },
      threads: { type: 'string' },
      attention: { type: 'string', default: 'sdpa' },
      /** What the reference computes in on a CPU: f32, as the engine, or bf16. */
      dtype: { type: 'string', default: 'f32' },
      /** A part of the names of those measurements that are to be made. */
      only: { type: 'string', default: '' },
      apart: { type: 'boolean', default: false },
      device: { type: 'string' },
      weights: { type: 'string' },
      /** Without the reference. */
      alone: { type: 'boolean', default: false },
      json: { type: 'boolean', default: false },
    },
  });
  const { model, image, rounds, repetitions, threads, attention, dtype, only, apart, device, alone, json } =
    values;
  const weights = weightChoices.find((choice) => choice === values.weights);
  if (device !== undefined && !isDeviceChoice(device)) {
    throw new Error(`--device is "${device}". Use one of: ${deviceChoices}.`);
  }
  if (values.weights !== weights) {
    throw new Error(`--weights is "${values.weights}". Use one of: ${weightChoices.join(', ')}.`);
  }
  if (dtype !== 'f32' && dtype !== 'bf16') throw new Error(`--dtype is "${dtype}". Use one of: f32, bf16.`);
  if (!existsSync(join(resolve(model), 'config.json'))) {
    throw new Error(`There is no checkpoint in ${resolve(model)}. Name a folder that holds a config.json.`);
  }
  return {
    model: resolve(model),
    image: resolve(image),
    rounds: count('--rounds', rounds),
    repetitions: count('--repetitions', repetitions),
    attention,
    dtype,
    only,
    apart,
    alone,
    json,
    ...(device && { device }),
    ...(weights && { weights }),
    ...(threads && { threads: count('--threads', threads) }),
  };
}

function count(flag: string, text: string): number {
  if (/^[1-9]\d*$/.test(text)) return Number(text);
  throw new Error(`${flag} is "${text}". Use a whole number from 1.`);
}
