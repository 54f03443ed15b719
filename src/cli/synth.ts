// `blipcord synth`: a random checkpoint with the shape of a published one.
import { resolve } from 'node:path';
import { Command, Option } from 'commander';
import type { WeightType } from '../../models/checkpoint/safetensors.ts';
import { PRESET_NAMES, type PresetName } from '../../models/synth/presets.ts';
import { type CliIo, printLine } from './cli-io.ts';
import { parseSeed } from './model-options.ts';
import { progressLine } from './progress-line.ts';
import { untilInterrupted } from './until-interrupted.ts';

interface SynthOptions {
  readonly like: PresetName;
  readonly out: string;
  readonly dtype: 'f32' | 'f16' | 'bf16';
  readonly seed: number;
}

export function synthCommand(io: CliIo): Command {
  return new Command('synth')
    .description('write a checkpoint of random weights, to measure or test what a published one would do')
    .addOption(new Option('--like <shape>', 'whose shape it has').choices(PRESET_NAMES).makeOptionMandatory())
    .requiredOption('--out <folder>', 'a folder that does not exist yet')
    .addOption(new Option('--dtype <type>', 'of the weights').choices(['f32', 'f16', 'bf16']).default('f32'))
    .option('--seed <number>', 'the same seed gives the same weights', parseSeed, 0)
    .action((options: SynthOptions) => synth(options, io));
}

async function synth({ like, out, dtype, seed }: SynthOptions, io: CliIo): Promise<void> {
  const folder = resolve(io.folder, out);
  const progress = progressLine(io.stderr, folder);
  try {
    const { synthesise } = await import('../../models/synth/synthesise.ts');
    await untilInterrupted('Interrupted. Nothing was written.', (signal) =>
      synthesise({
        like,
        folder,
        dtype: dtype.toUpperCase() as WeightType,
        seed,
        signal,
        onProgress: progress.update,
      }),
    );
  } finally {
    progress.end();
  }
  printLine(io.stdout, folder);
}
