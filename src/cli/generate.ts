// `blipcord generate`: the model alone, without template, memory or stop strings of ours.
import { Command, InvalidArgumentError } from 'commander';
import { type CliIo, printLine } from './cli-io.ts';
import { addGenerationOptions, checkFlags, flagOf } from './generation-options.ts';
import { addModelOptions, configure, type ModelOptions, openModel, parseCount } from './model-options.ts';
import { readImage } from './read-image.ts';
import { type RunRequest, runModel } from './run-model.ts';
import { tellDevice } from './tell-device.ts';
import { tellFrame } from './tell-frame.ts';

interface GenerateOptions extends ModelOptions, RunRequest {
  readonly image: string;
  readonly json?: true;
}

export function generateCommand(io: CliIo): Command {
  const command = new Command('generate')
    .description('run the model on an image and a raw prompt')
    .requiredOption('--image <file>', 'the image')
    .option('--prompt <text>', 'passed on as it is; without one the model captions', '')
    .option(
      '--max-new-tokens <count>',
      "end after so many tokens (default: the checkpoint's, else 40)",
      parseCount,
    )
    .option('--stop <text...>', 'end before any of these texts', parseStop, [])
    .option('--json', 'print one line of JSON: text, tokens, promptTokens');
  return addModelOptions(addGenerationOptions(command)).action((options: GenerateOptions) =>
    generate(options, io),
  );
}

async function generate(options: GenerateOptions, io: CliIo): Promise<void> {
  checkFlags(options);
  const image = await readImage(options.image, io);
  const config = configure(options, io);
  const backend = await openModel(config);
  try {
    tellDevice(backend.info.device, io);
    const run = await runModel(backend, image, options, { label: flagOf });
    const { text, tokens, promptTokens, frame } = run;
    tellFrame(frame, io);
    printLine(io.stdout, options.json ? JSON.stringify({ text, tokens, promptTokens }) : text);
  } finally {
    await backend.close();
  }
}

function parseStop(text: string, earlier: readonly string[]): string[] {
  if (text === '') throw new InvalidArgumentError("Use a text that isn't empty.");
  return [...earlier, text];
}
