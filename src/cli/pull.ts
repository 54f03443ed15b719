// `blipcord pull`: fetches a model from the hub.
import { Command, Option } from 'commander';
import type { WeightPrecision } from '../../models/backend.ts';
import { formatBytes } from '../../models/format-bytes.ts';
import { loadConfig } from '../config.ts';
import { formatModelId, requireModelId } from '../hub/model-id.ts';
import { type CliIo, printLine } from './cli-io.ts';
import { pullProgress } from './pull-progress.ts';
import { untilInterrupted } from './until-interrupted.ts';

export function pullCommand(io: CliIo): Command {
  return new Command('pull')
    .description('fetch a BLIP-2 checkpoint from the Hugging Face hub, only what is needed of it')
    .argument('<id>', 'owner/name or owner/name@revision, as in Salesforce/blip2-opt-2.7b')
    .addOption(
      new Option('--weights <type>', 'keep the weights in fewer bits, and not as they came').choices([
        'f16',
        'int8',
        'int4',
      ]),
    )
    .action((text: string, options: PullOptions) => pullModel(text, options, io));
}

interface PullOptions {
  readonly weights?: WeightPrecision;
}

async function pullModel(text: string, { weights }: PullOptions, io: CliIo): Promise<void> {
  const id = requireModelId(text);
  const name = formatModelId(id);
  const { hubEndpoint: endpoint, hubToken: token, hubCache: cache } = loadConfig();
  const flags = weights === undefined ? [] : ['--weights', weights];
  const { pull } = await import('../hub/pull.ts');
  const { commit, bytes, folder } = await untilInterrupted(
    `Stopped. Run blipcord pull ${[name, ...flags].join(' ')} again to go on from here.`,
    (signal) => pull(id, { endpoint, token, cache, weights, signal, reporter: pullProgress(io.stderr) }),
  );
  printLine(io.stdout, `${name} (${commit.slice(0, 7)}, ${formatBytes(bytes)}) is in ${folder}`);
  const [options, settings] = [
    ['--model', name, ...flags].join(' '),
    [`BLIPCORD_MODEL=${name}`, ...flags.slice(1).map((type) => `BLIPCORD_WEIGHTS=${type}`)].join(' '),
  ];
  printLine(io.stdout, `Use it with ${options}, or in the bot with ${settings}.`);
}
