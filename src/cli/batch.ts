// `blipcord batch`: JSON lines in, JSON lines out, each answered by itself and in the order they came.
import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { resolve } from 'node:path';
import type { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { Command } from 'commander';
import type { Backend } from '../../models/backend.ts';
import { encodeOnce } from '../encode-once.ts';
import { inOrder } from '../in-order.ts';
import { parseBatchLine } from './batch-line.ts';
import { type CliIo, printLine } from './cli-io.ts';
import { addModelOptions, configure, type ModelOptions, openWorkerModel } from './model-options.ts';
import { readImage, unreadable } from './read-image.ts';
import { type Run, type RunSettings, runModel } from './run-model.ts';
import { splitLines } from './split-lines.ts';
import { tellDevice } from './tell-device.ts';
import { untilInterrupted } from './until-interrupted.ts';

interface BatchOptions extends ModelOptions {
  readonly input?: string;
}

const HELP = `
A line is a JSON object with "image" and, where wanted, "prompt" and the options of generate in camelCase:
  {"image": "photo.jpg", "prompt": "Question: what is this? Answer:", "numBeams": 5, "stop": ["."]}
For each, in the same order, a line is written, {"text", "tokens", "promptTokens", "logprob"} or {"error"}.
The exit code is 0 when all were answered, and 1 when there was an error among them.`;

export function batchCommand(io: CliIo, setExitCode: (code: number) => void): Command {
  return addModelOptions(
    new Command('batch')
      .description('run the model on many images: JSON lines in, JSON lines out')
      .option('--input <file>', 'where the lines stand (default: standard input)'),
  )
    .addHelpText('after', HELP)
    .action(async (options: BatchOptions) => {
      const { lines, errors } = await batch(options, io);
      if (errors === 0) return;
      printLine(
        io.stderr,
        `${errors} of ${lines} lines ${errors === 1 ? 'has' : 'have'} an error in place of an answer.`,
      );
      setExitCode(1);
    });
}

interface Counts {
  lines: number;
  errors: number;
}

async function batch(options: BatchOptions, io: CliIo): Promise<Counts> {
  const config = configure(options, io);
  const file = options.input === undefined ? undefined : await findInput(options.input, io);
  return untilInterrupted('Stopped. What was answered until here is written.', async (signal) => {
    const backend = await openWorkerModel(config);
    try {
      tellDevice(backend.info.device, io);
      return await answerLines(file ? createReadStream(file) : io.stdin, { backend, io, signal, ...config });
    } finally {
      await backend.close();
    }
  });
}

interface Means {
  readonly backend: Backend;
  readonly io: CliIo;
  readonly signal: AbortSignal;
  /** So many lines are under way: enough to keep the model busy; each holds an image. */
  readonly textsAtOnce: number;
}

export async function answerLines(
  input: Readable,
  { backend, io, signal, textsAtOnce }: Means,
): Promise<Counts> {
  const counts = { lines: 0, errors: 0 };
  const left = new AbortController();
  const leaving = AbortSignal.any([signal, left.signal]);
  const settings = { signal: leaving, encode: encodeOnce(backend) };
  const answer = (line: string) => answerLine(line, backend, io, settings);
  async function* answers(chunks: AsyncIterable<Uint8Array>) {
    for await (const result of inOrder(splitLines(chunks), answer, textsAtOnce)) {
      signal.throwIfAborted(); // the result is of a line that was broken off, or stands behind one
      counts.lines++;
      if ('error' in result) counts.errors++;
      yield `${JSON.stringify(result)}\n`;
    }
  }
  try {
    // Reads no faster than what is written is taken.
    await pipeline(input, answers, io.stdout, { signal, end: false });
  } catch (error) {
    signal.throwIfAborted();
    // Whoever read our output, as `head` does, has read enough.
    if ((error as NodeJS.ErrnoException).code !== 'EPIPE') throw error;
  } finally {
    left.abort();
  }
  return counts;
}

type BatchResult =
  | Pick<Run, 'text' | 'tokens' | 'promptTokens' | 'logprob' | 'frame'>
  | { readonly error: string };

/** Whatever is wrong with one line is no reason to leave out the others. */
async function answerLine(
  line: string,
  backend: Backend,
  io: CliIo,
  settings: RunSettings,
): Promise<BatchResult> {
  try {
    const { image, ...request } = parseBatchLine(line);
    const bytes = await readImage(image, io);
    const run = await runModel(backend, bytes, request, settings);
    const { text, tokens, promptTokens, logprob, frame } = run;
    return { text, tokens, promptTokens, logprob, ...(frame && { frame }) };
  } catch (error) {
    return { error: error instanceof Error ? error.message : String(error) };
  }
}

/** @throws UsageError for what is no file */
async function findInput(file: string, { folder }: CliIo): Promise<string> {
  const path = resolve(folder, file);
  const found = await stat(path).catch((error: unknown) => {
    throw unreadable(path, error, 'the file');
  });
  if (found.isDirectory()) throw unreadable(path, { code: 'EISDIR' }, 'the file');
  return path;
}
