// `blipcord eval`: its options. What it does is in evaluate.ts, which other commands need not wait for.
import { Command, Option } from 'commander';
import { LAYOUT_FILES } from '../eval/layouts/names.ts';
import type { CliIo } from './cli-io.ts';
import { EVAL_HELP } from './eval-help.ts';
import type { EvalOptions } from './evaluate.ts';
import { addGenerationOptions } from './generation-options.ts';
import { addModelOptions, parseCount, parseSeed } from './model-options.ts';

const SEARCH = [
  'numBeams',
  'lengthPenalty',
  'repetitionPenalty',
  'noRepeatNgramSize',
  'minNewTokens',
] as const;

export function evalCommand(io: CliIo): Command {
  const command = new Command('eval')
    .description('measure how right answers and captions are: VQA accuracy, BLEU-4, CIDEr-D')
    .argument('<file>', 'questions or captions, in one of the layouts below')
    .argument('[annotations]', 'the second file of a layout that has two')
    .option('--images <folder>', 'where the images lie (default: the folder of the file)')
    .addOption(
      new Option('--layout <name>', 'of the file, where it is not found out').choices(
        Object.keys(LAYOUT_FILES),
      ),
    )
    .option('--split <name>', "of Karpathy's (default: test)")
    .option('--limit <count>', 'ask only so many, drawn by the seed', parseCount)
    .option('--seed <number>', 'another one draws others', parseSeed, 0)
    .addOption(
      new Option('--protocol <name>', 'as this bot asks, or as BLIP-2 was evaluated').choices([
        'bot',
        'blip2',
      ]),
    )
    .option('--prompt <text>', 'for questions, with {} where the question belongs')
    .option('--caption-prompt <text>', 'how a caption begins')
    .addOption(
      new Option('--history <choice>', 'ask a question that follows others with those, without, or both ways')
        .choices(['with', 'without', 'both'])
        .default('both'),
    )
    .option('--out <file>', 'keep the answers, a line of JSON each; what is there already is not asked again')
    .option('--compare <file>', 'what another run kept of the same questions: tell the differences')
    .option('--json', 'print one line of JSON in place of the table')
    .option('--max-new-tokens <count>', 'end after so many tokens', parseCount);
  return addModelOptions(addGenerationOptions(command, SEARCH))
    .addHelpText('after', EVAL_HELP)
    .action(async (file: string, annotations: string | undefined, options: EvalOptions) => {
      const { evaluate } = await import('./evaluate.ts');
      await evaluate([file, ...(annotations === undefined ? [] : [annotations])], options, io);
    });
}
