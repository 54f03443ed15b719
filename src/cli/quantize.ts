// `blipcord quantize`: a checkpoint's weights in fewer bits, in one file beside them.
import { Command } from 'commander';
import type { WeightPrecision } from '../../models/backend.ts';
import { formatBytes } from '../../models/format-bytes.ts';
import { type CacheLock, tryLockFolder } from '../hub/cache-lock.ts';
import { UsageError } from '../usage-error.ts';
import { type CliIo, printLine } from './cli-io.ts';
import { configure } from './model-options.ts';
import { progressLine } from './progress-line.ts';
import { addRecipeOptions, apart, isUsual, type RecipeOptions, weightsOption } from './recipe-options.ts';
import { sayUse } from './say-use.ts';
import { untilInterrupted } from './until-interrupted.ts';

interface QuantizeOptions extends RecipeOptions {
  readonly weights: WeightPrecision;
}

export function quantizeCommand(io: CliIo): Command {
  const command = new Command('quantize')
    .description('write the weights of a model again in fewer bits, into a file beside them')
    .usage('[options] <model>')
    .argument('[model]', 'emoji, a model that was pulled, or a folder that holds a BLIP-2 checkpoint')
    .addOption(weightsOption('what most of them become').makeOptionMandatory());
  return addRecipeOptions(command).action((model: string | undefined, options: QuantizeOptions) =>
    quantize(...apart(model, options, { command, argument: 'model' }), io),
  );
}

async function quantize(model: string, options: QuantizeOptions, io: CliIo): Promise<void> {
  const { weights, keep, block } = options;
  const { makeRecipe } = await import('../../models/quantise/parts.ts');
  const recipe = makeRecipe(weights, keep, block);
  // With exceptions, a model that isn't there is needed as it is.
  const { modelFolder: folder } = configure({ model, weights: isUsual(options) ? weights : 'auto' }, io);
  const { quantiseCheckpoint } = await import('../../models/quantise/quantise-checkpoint.ts');
  const lock = lockOf(model, folder);
  const progress = progressLine(io.stderr, `${model} in ${weights}`);
  try {
    const { file, bytes, written } = await untilInterrupted(
      'Stopped. Run the same command again to go on from here.',
      (signal) => quantiseCheckpoint(folder, { recipe, signal, onProgress: progress.update }),
    );
    progress.end();
    const state = written ? `${formatBytes(bytes)} are in` : 'There is nothing to do: all is in';
    printLine(io.stdout, `${state} ${file}`);
    sayUse({ folder, weights }, io);
  } finally {
    progress.end();
    lock.release();
  }
}

function lockOf(model: string, folder: string): CacheLock {
  const lock = tryLockFolder(folder);
  if (lock !== undefined) return lock;
  throw new UsageError(
    `Another blipcord is at work on ${model}. Wait for the end of that, or end it, and run this again.`,
  );
}
