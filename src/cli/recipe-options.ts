// How weights become fewer bits: the options that `quantize` and `pull` share.
import { type Command, InvalidArgumentError, Option } from 'commander';
import type { WeightPrecision } from '../../models/backend.ts';
import { BLOCK_SIZES, type BlockSize } from '../../models/quantise/quantise-blocks.ts';
import { weightPrecisions } from '../../models/weight-choices.ts';

export interface RecipeOptions {
  readonly weights?: WeightPrecision;
  readonly keep: readonly string[];
  readonly block?: BlockSize;
}

export const weightsOption = (description: string): Option =>
  new Option('--weights <type>', description).choices(weightPrecisions);

export function addRecipeOptions(command: Command): Command {
  return command
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
    );
}

/**
 * What follows --keep is taken for one of its values, the model, too: only that has no equals sign.
 *
 * @param argument what the command calls the model
 */
export function apart<Options extends RecipeOptions>(
  model: string | undefined,
  options: Options,
  { command, argument }: { readonly command: Command; readonly argument: string },
): [model: string, options: Options] {
  if (model !== undefined) return [model, options];
  const [named, ...more] = options.keep.filter((text) => !text.includes('='));
  if (named === undefined || more.length > 0) {
    return command.error(`error: missing required argument '${argument}'`);
  }
  return [named, { ...options, keep: options.keep.filter((text) => text !== named) }];
}

/** Whether nothing is said but in how many bits. */
export const isUsual = ({ keep, block }: RecipeOptions) => keep.length === 0 && block === undefined;

/** For a command that is to do the same. */
export function recipeFlags({ weights, keep, block }: RecipeOptions): string[] {
  return [
    ...(weights === undefined ? [] : ['--weights', weights]),
    ...(keep.length === 0 ? [] : ['--keep', ...keep]),
    ...(block === undefined ? [] : ['--block', String(block)]),
  ];
}

function parseBlock(text: string): BlockSize {
  const size = BLOCK_SIZES.find((known) => String(known) === text);
  if (size === undefined) throw new InvalidArgumentError(`Use ${BLOCK_SIZES.join(', ')}.`);
  return size;
}
