// The command line of the engine's benchmarks.
import { parseArgs } from 'node:util';
import { deviceChoices, isDeviceChoice } from '../../models/device-choice.ts';
import { UsageError } from '../../src/usage-error.ts';
import { checkpointFolder, count, imageFile, plotFile, weightChoice } from '../command-line.ts';
import { subjectOptions } from '../subject.ts';
import type { RoundsOptions } from './rounds.ts';
import { measurements } from './work.ts';

export interface EngineOptions extends Omit<RoundsOptions, 'contenders' | 'onRound'> {
  readonly alone: boolean;
  readonly json: boolean;
  /** Absolute: where the ratios are drawn. */
  readonly plot?: string;
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
      plot: { type: 'string' },
    },
  });
  const { model, image, rounds, repetitions, threads, attention, dtype, only, apart, device, alone, json } =
    values;
  const weights = values.weights === undefined ? undefined : weightChoice(values.weights);
  if (device !== undefined && !isDeviceChoice(device)) {
    throw new UsageError(`--device is "${device}". Use one of: ${deviceChoices}.`);
  }
  if (dtype !== 'f32' && dtype !== 'bf16')
    throw new UsageError(`--dtype is "${dtype}". Use one of: f32, bf16.`);
  const plot = plotFile(values.plot);
  if (plot && alone) throw new UsageError('--plot draws ratios to transformers. Leave out --alone.');
  const folder = checkpointFolder(model);
  const file = imageFile(image);
  checkOnly(only, file);
  return {
    model: folder,
    image: file,
    rounds: count('--rounds', rounds),
    repetitions: count('--repetitions', repetitions),
    attention,
    dtype,
    only,
    apart,
    alone,
    json,
    ...(plot && { plot }),
    ...(device && { device }),
    ...(weights && { weights }),
    ...(threads && { threads: count('--threads', threads) }),
  };
}

function checkOnly(only: string, image: string): void {
  const names = measurements(image).map(({ what }) => what);
  if (names.some((name) => name.includes(only))) return;
  throw new UsageError(
    `--only is "${only}", which no measurement has in its name. Use a part of one of: ${names.join('; ')}.`,
  );
}
