// `blipcord chat`: a visual chat in the terminal. The model runs in its worker, so that Ctrl+C is heard at once.
import { createInterface } from 'node:readline/promises';
import { Command } from 'commander';
import { ConversationError } from '../../conversation/errors.ts';
import type { Backend } from '../../models/backend.ts';
import { type CliIo, printLine } from './cli-io.ts';
import { addModelOptions, type CliConfig, type ModelOptions, openWorkerModel } from './model-options.ts';
import { type ImageTalk, talkAbout } from './talk-about.ts';
import { tapTokens } from './tap-tokens.ts';

export function chatCommand(io: CliIo): Command {
  return addModelOptions(
    new Command('chat')
      .description('talk about an image in the terminal; /quit ends it')
      .argument('<image>', 'the image file'),
  ).action((image: string, options: ModelOptions) => {
    let answer = '';
    const show = (text: string) => {
      // The answer begins with a space, and maybe ends in a stop string that is cut off.
      const shown = answer === '' ? text.trimStart() : text;
      answer += shown;
      io.stdout.write(shown);
    };
    const open = async (config: CliConfig): Promise<Backend> =>
      tapTokens(await openWorkerModel(config), show);
    const endAnswer = () => {
      printLine(io.stdout, '');
      answer = '';
    };
    return talkAbout(image, options, io, (talk) => chat(talk, io, endAnswer), open);
  });
}

async function chat(talk: ImageTalk, io: CliIo, endAnswer: () => void): Promise<void> {
  const terminal = 'isTTY' in io.stdin && io.stdin.isTTY === true;
  const lines = createInterface({
    input: io.stdin,
    output: io.stdout,
    terminal,
    prompt: terminal ? '> ' : '',
  });
  let answering: AbortController | undefined;
  lines.on('SIGINT', () => (answering ? answering.abort() : lines.close()));
  if (terminal) printLine(io.stdout, 'Ask about the image. /quit or Ctrl+D ends the chat.');
  lines.prompt();
  for await (const line of lines) {
    if (line.trim() === '/quit') break;
    if (line.trim() !== '') {
      answering = new AbortController();
      await answer(talk, line, answering.signal, io);
      answering = undefined;
      endAnswer();
    }
    lines.prompt();
  }
  lines.close();
}

/** A question that can't be answered, or is broken off, is no reason to end the chat. */
async function answer(talk: ImageTalk, question: string, signal: AbortSignal, io: CliIo): Promise<void> {
  try {
    await talk.ask(question, signal);
  } catch (error) {
    if (error instanceof ConversationError) io.stdout.write(error.message);
    else if (!signal.aborted) throw error;
  }
}
