// `blipcord playground`: the local Discord, also where there is a token for the real one.
import { Command } from 'commander';
import type { CliIo } from './cli-io.ts';
import { addModelOptions, type ModelOptions } from './model-options.ts';
import { runProgram } from './run-program.ts';

export function playgroundCommand(io: CliIo): Command {
  return addModelOptions(
    new Command('playground').description('open the local Discord in the browser, with or without a token'),
  ).action((options: ModelOptions) => runProgram({ ...options, playground: true }, io));
}
