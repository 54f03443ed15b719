// `blipcord pull`: fetches a model from the hub.
import { Command } from 'commander';
import { formatBytes } from '../../models/format-bytes.ts';
import type { Recipe } from '../../models/quantise/parts.ts';
import { loadConfig } from '../config.ts';
import { formatModelId, requireModelId } from '../hub/model-id.ts';
import { UsageError } from '../usage-error.ts';
import { type CliIo, printLine } from './cli-io.ts';
import { pullProgress } from './pull-progress.ts';
import {
  addRecipeOptions,
  apart,
  isUsual,
  type RecipeOptions,
  recipeFlags,
  weightsOption,
} from './recipe-options.ts';
import { sayUse } from './say-use.ts';
import { untilInterrupted } from './until-interrupted.ts';

export function pullCommand(io: CliIo): Command {
  const command = new Command('pull')
    .description('fetch a BLIP-2 checkpoint from the Hugging Face hub, only what is needed of it')
    .usage('[options] <id>')
    .argument('[id]', 'owner/name or owner/name@revision, as in Salesforce/blip2-opt-2.7b')
    .addOption(weightsOption('keep the weights in fewer bits, and not as they came'));
  return addRecipeOptions(command).action((text: string | undefined, options: RecipeOptions) =>
    pullModel(...apart(text, options, { command, argument: 'id' }), io),
  );
}

async function pullModel(text: string, options: RecipeOptions, io: CliIo): Promise<void> {
  const { weights } = options;
  const id = requireModelId(text);
  const recipe = await recipeOf(options);
  const name = formatModelId(id);
  const { hubEndpoint: endpoint, hubToken: token, hubCache: cache } = loadConfig();
  const { pull } = await import('../hub/pull.ts');
  const { commit, bytes, folder } = await untilInterrupted(
    `Stopped. Run blipcord pull ${[name, ...recipeFlags(options)].join(' ')} again to go on from here.`,
    (signal) =>
      pull(id, { endpoint, token, cache, weights, recipe, signal, reporter: pullProgress(io.stderr) }),
  );
  printLine(io.stdout, `${name} (${commit.slice(0, 7)}, ${formatBytes(bytes)}) is in ${folder}`);
  sayUse({ folder, model: name, weights }, io);
}

/** Undefined where nothing is said but in how many bits. */
async function recipeOf(options: RecipeOptions): Promise<Recipe | undefined> {
  const { weights, keep, block } = options;
  if (isUsual(options)) return undefined;
  if (weights === undefined) {
    throw new UsageError(
      '--keep and --block are for weights in fewer bits. Say in which, as with --weights int8.',
    );
  }
  const { makeRecipe } = await import('../../models/quantise/parts.ts');
  return makeRecipe(weights, keep, block);
}
