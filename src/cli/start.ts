// `blipcord start`: the bot, on the real Discord where there is a token, else on the local one.
import { Command } from 'commander';
import type { CliIo } from './cli-io.ts';
import { addModelOptions, type ModelOptions } from './model-options.ts';
import { runProgram } from './run-program.ts';

export function startCommand(io: CliIo): Command {
  return addModelOptions(
    new Command('start').description('join Discord with DISCORD_TOKEN, or open a local one in the browser'),
  ).action((options: ModelOptions) => runProgram(options, io));
}
