// `blipcord pull`: fetches a model from the hub.
import { Command } from 'commander';
import { loadConfig } from '../config.ts';
import { formatBytes } from '../hub/format-bytes.ts';
import { formatModelId, requireModelId } from '../hub/model-id.ts';
import { type CliIo, printLine } from './cli-io.ts';
import { pullProgress } from './pull-progress.ts';
import { untilInterrupted } from './until-interrupted.ts';

export function pullCommand(io: CliIo): Command {
  return new Command('pull')
    .description('fetch a BLIP-2 checkpoint from the Hugging Face hub, only what is needed of it')
    .argument('<id>', 'owner/name or owner/name@revision, as in Salesforce/blip2-opt-2.7b')
    .action((text: string) => pullModel(text, io));
}

async function pullModel(text: string, io: CliIo): Promise<void> {
  const id = requireModelId(text);
  const name = formatModelId(id);
  const { hubEndpoint: endpoint, hubToken: token, hubCache: cache } = loadConfig();
  const { pull } = await import('../hub/pull.ts');
  const { commit, bytes, folder } = await untilInterrupted(
    `Stopped. Run blipcord pull ${name} again to go on from here.`,
    (signal) => pull(id, { endpoint, token, cache, signal, reporter: pullProgress(io.stderr) }),
  );
  printLine(io.stdout, `${name} (${commit.slice(0, 7)}, ${formatBytes(bytes)}) is in ${folder}`);
  printLine(io.stdout, `Use it with --model ${name}, or in the bot with BLIPCORD_MODEL=${name}.`);
}
