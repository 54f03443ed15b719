// `blipcord generate`: the model alone, without template, memory or stop strings of ours.
import { Command } from 'commander';
import type { Backend, Generation, GenerationOptions } from '../../models/backend.ts';
import { UsageError } from '../usage-error.ts';
import { type CliIo, printLine } from './cli-io.ts';
import { addGenerationOptions, checkFlags, pickGenerationOptions } from './generation-options.ts';
import { addModelOptions, configure, type ModelOptions, openModel, parseCount } from './model-options.ts';
import { readImage } from './read-image.ts';

interface GenerateOptions extends ModelOptions, GenerationOptions {
  readonly image: string;
  readonly prompt: string;
  readonly maxNewTokens?: number;
  readonly stop: readonly string[];
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
    .option('--stop <text...>', 'end before any of these texts', [])
    .option('--json', 'print one line of JSON: text, tokens, promptTokens');
  return addModelOptions(addGenerationOptions(command)).action((options: GenerateOptions) =>
    generate(options, io),
  );
}

async function generate(options: GenerateOptions, io: CliIo): Promise<void> {
  checkFlags(options);
  const image = await readImage(options.image, io);
  const backend = await openModel(configure(options, io));
  try {
    const { text, tokens, promptTokens } = await run(backend, image, options);
    printLine(io.stdout, options.json ? JSON.stringify({ text, tokens, promptTokens }) : text);
  } finally {
    await backend.close();
  }
}

async function run(backend: Backend, image: Uint8Array, options: GenerateOptions): Promise<Generation> {
  const { prompt, stop } = options;
  const { maxPositions, name, maxNewTokens = 40 } = backend.info;
  const room = maxPositions - backend.countPromptTokens(prompt);
  if (room < 1) {
    throw new UsageError(
      `The prompt takes ${maxPositions - room} of the ${maxPositions} positions of ${name}. Shorten it.`,
    );
  }
  const request = {
    ...pickGenerationOptions(options),
    prompt,
    stop,
    maxNewTokens: Math.min(options.maxNewTokens ?? maxNewTokens, room),
  };
  checkFlags(request);
  const tokens = backend.generate({ ...request, features: await backend.encodeImage(image) });
  while (true) {
    const step = await tokens.next();
    if (step.done) return step.value;
  }
}
