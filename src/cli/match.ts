// `blipcord match`: how well texts go with an image, by a checkpoint that matches.
import { Command } from 'commander';
import type { Match, Matcher } from '../../models/matcher.ts';
import { UsageError } from '../usage-error.ts';
import { type CliIo, printLine } from './cli-io.ts';
import { addModelOptions, configure, type ModelOptions, openMatcher } from './model-options.ts';
import { readImage } from './read-image.ts';
import { tellDevice } from './tell-device.ts';

interface MatchOptions extends ModelOptions {
  readonly image: string;
  readonly text: readonly string[];
  readonly json?: true;
}

export function matchCommand(io: CliIo): Command {
  return addModelOptions(
    new Command('match')
      .description('say how well texts go with an image')
      .requiredOption('--image <file>', 'the image')
      .requiredOption('--text <text...>', 'one or more texts')
      .option('--json', 'print a line of JSON for each text: itc, itm'),
  )
    .addHelpText(
      'after',
      '\nNeeds a checkpoint that matches pictures and texts, such as Salesforce/blip2-itm-vit-g. itc is the cosine\nof their embeddings, itm the probability that they belong together.',
    )
    .action((options: MatchOptions) => match(options, io));
}

async function match({ text: texts, json, ...options }: MatchOptions, io: CliIo): Promise<void> {
  if (texts.some((text) => text.trim() === ''))
    throw new UsageError('A text is empty. Write what to look for.');
  const image = await readImage(options.image, io);
  const config = configure(options, io);
  const matcher: Matcher = await openMatcher(config);
  try {
    tellDevice(matcher.device, io);
    const embeddings = await matcher.embedImage(image);
    for (const text of texts) {
      const found = await matcher.match(embeddings, text);
      printLine(io.stdout, json ? JSON.stringify(found) : describe(text, found));
    }
  } finally {
    await matcher.close();
  }
}

/** `a rocket: matches with 73.0 %, cosine 0.342` */
function describe(text: string, { itc, itm }: Match): string {
  return `${text}: matches with ${(100 * itm).toFixed(1)} %, cosine ${itc.toFixed(3)}`;
}
