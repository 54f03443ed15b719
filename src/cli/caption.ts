// `blipcord caption`: one image, one caption.
import { Command } from 'commander';
import { type CliIo, printLine } from './cli-io.ts';
import { addModelOptions, type ModelOptions } from './model-options.ts';
import { talkAbout } from './talk-about.ts';

interface CaptionOptions extends ModelOptions {
  readonly prompt?: string;
}

export function captionCommand(io: CliIo): Command {
  return addModelOptions(
    new Command('caption')
      .description('say what an image shows')
      .argument('<image>', 'the image file')
      .option('--prompt <text>', 'how the caption begins, as in "this is a picture of"'),
  ).action((image: string, options: CaptionOptions) =>
    talkAbout(image, options, io, async (talk) => {
      const text = await talk.caption(options.prompt);
      printLine(io.stdout, options.prompt ? `${options.prompt} ${text}` : text);
    }),
  );
}
