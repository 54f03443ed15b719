// `blipcord quantize`: a checkpoint's weights in fewer bits, in one file beside them.
import { Command, InvalidArgumentError, Option } from 'commander';
import type { WeightPrecision } from '../../models/backend.ts';
import { formatBytes } from '../../models/format-bytes.ts';
import { BLOCK_SIZES, type BlockSize } from '../../models/quantise/quantise-blocks.ts';
import { type CacheLock, tryLockFolder } from '../hub/cache-lock.ts';
import { modelKind } from '../hub/cached-models.ts';
import { UsageError } from '../usage-error.ts';
import { type CliIo, printLine } from './cli-io.ts';
import { configure } from './model-options.ts';
import { progressLine } from './progress-line.ts';
import { untilInterrupted } from './until-interrupted.ts';

interface QuantizeOptions {
  readonly weights: WeightPrecision;
  readonly keep: readonly string[];
  readonly block?: BlockSize;
}

export function quantizeCommand(io: CliIo): Command {
  return new Command('quantize')
    .description('write the weights of a model again in fewer bits, into a file beside them')
    .usage('[options] <model>')
    .argument('[model]', 'emoji, a model that was pulled, or a folder that holds a BLIP-2 checkpoint')
    .addOption(
      new Option('--weights <type>', 'what most of them become')
        .choices(['f16', 'int8', 'int4'])
        .makeOptionMandatory(),
    )
    .option(
      '--keep <part=type...>',
      'other types for some parts, as in vision=f16 head=f32; parts are vision, qformer, decoder, head, embeddings',
      (text: string, earlier: readonly string[]) => [...earlier, text],
      [],
    )
    .option(
      '--block <size>',
      'how many weights share a scale: 32, 64 or 128 (default: 32, in wide models 128)',
      parseBlock,
    )
    .action((model: string | undefined, options: QuantizeOptions, command: Command) =>
      quantize(...apart(model, options, command), io),
    );
}

/** What follows --keep is taken for one of its values, the model, too: only that has no equals sign. */
function apart(
  model: string | undefined,
  options: QuantizeOptions,
  command: Command,
): [model: string, options: QuantizeOptions] {
  if (model !== undefined) return [model, options];
  const [named, ...more] = options.keep.filter((text) => !text.includes('='));
  if (named === undefined || more.length > 0) command.error("error: missing required argument 'model'");
  return [named, { ...options, keep: options.keep.filter((text) => text !== named) }];
}

async function quantize(model: string, { weights, keep, block }: QuantizeOptions, io: CliIo): Promise<void> {
  const { makeRecipe } = await import('../../models/quantise/parts.ts');
  const recipe = makeRecipe(weights, keep, block);
  // With exceptions, the weights are needed as they are.
  const usual = keep.length === 0 && block === undefined;
  const { modelFolder: folder } = configure({ model, weights: usual ? weights : 'auto' }, io);
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
    const matches = modelKind(folder) === 'retrieval';
    const bot = matches ? '' : `, or in the bot with BLIPCORD_WEIGHTS=${weights}`;
    printLine(io.stdout, `Use it with --weights ${weights}${bot}.`);
    if (matches && weights === 'int4') printLine(io.stdout, NOTHING_IN_4_BITS);
  } finally {
    progress.end();
    lock.release();
  }
}

const NOTHING_IN_4_BITS =
  'This model has no language model, and nothing else is kept in 4 bits: with int8 it says the same.';

function lockOf(model: string, folder: string): CacheLock {
  const lock = tryLockFolder(folder);
  if (lock !== undefined) return lock;
  throw new UsageError(
    `Another blipcord is at work on ${model}. Wait for the end of that, or end it, and run this again.`,
  );
}

function parseBlock(text: string): BlockSize {
  const size = BLOCK_SIZES.find((known) => String(known) === text);
  if (size === undefined) throw new InvalidArgumentError(`Use ${BLOCK_SIZES.join(', ')}.`);
  return size;
}
