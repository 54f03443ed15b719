// `blipcord ask`: questions about one image, each remembering those before it.
import { Command } from 'commander';
import { UsageError } from '../usage-error.ts';
import { type CliIo, printLine } from './cli-io.ts';
import { addModelOptions, type ModelOptions } from './model-options.ts';
import { talkAbout } from './talk-about.ts';

interface AskOptions extends ModelOptions {
  readonly showPrompt?: true;
}

export function askCommand(io: CliIo): Command {
  return addModelOptions(
    new Command('ask')
      .description('answer questions about an image; each further question is the next turn')
      .argument('<image>', 'the image file')
      .argument('<question...>', 'one or more questions')
      .option('--show-prompt', "print each turn's exact prompt before its answer"),
  ).action((image: string, questions: string[], options: AskOptions) => ask(image, questions, options, io));
}

async function ask(
  image: string,
  questions: readonly string[],
  options: AskOptions,
  io: CliIo,
): Promise<void> {
  if (questions.some((question) => question.trim() === '')) {
    throw new UsageError('A question is empty. Ask something, as in: blipcord ask photo.jpg "What is this?"');
  }
  await talkAbout(image, options, io, async (talk) => {
    for (const question of questions) {
      const { prompt, text } = await talk.ask(question);
      if (options.showPrompt) printLine(io.stdout, prompt);
      printLine(io.stdout, text);
    }
  });
}
