// The command line: finds the command, and turns whatever goes wrong into one sentence and an exit code.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Command, CommanderError } from 'commander';
import { disableTelemetry } from '../config.ts';
import { packageRoot } from '../package-root.ts';
import { askCommand } from './ask.ts';
import { batchCommand } from './batch.ts';
import { captionCommand } from './caption.ts';
import { chatCommand } from './chat.ts';
import { type CliIo, printLine } from './cli-io.ts';
import { doctorCommand } from './doctor.ts';
import { evalCommand } from './eval.ts';
import { generateCommand } from './generate.ts';
import { matchCommand } from './match.ts';
import { isMistake } from './mistakes.ts';
import { modelsCommand } from './models.ts';
import { playgroundCommand } from './playground.ts';
import { pullCommand } from './pull.ts';
import { quantizeCommand } from './quantize.ts';
import { startCommand } from './start.ts';
import { synthCommand } from './synth.ts';
import { InterruptedError } from './until-interrupted.ts';

/** @returns the exit code: 0, 1 when something broke, the doctor found a problem or a line of a batch has an error, 2 for bad input, 130 after Ctrl+C, 143 after SIGTERM */
export async function runCli(args: readonly string[], io: Partial<CliIo> = {}): Promise<number> {
  const {
    folder = process.cwd(),
    stdin = process.stdin,
    stdout = process.stdout,
    stderr = process.stderr,
  } = io;
  disableTelemetry();
  for (const stream of [stdout, stderr]) stream.on('error', ignoreClosedPipe);
  let exitCode = 0;
  const setExitCode = (code: number) => {
    exitCode = code;
  };
  try {
    await buildProgram({ folder, stdin, stdout, stderr }, setExitCode).parseAsync(
      args.length === 0 ? ['--help'] : args,
      { from: 'user' },
    );
    return exitCode;
  } catch (error) {
    return report(error, stderr);
  }
}

function buildProgram(io: CliIo, setExitCode: (code: number) => void): Command {
  const program = new Command('blipcord')
    .description('A Discord bot that looks at pictures and talks about them.')
    .version(readVersion())
    .helpCommand(false) // ours says which command it doesn't know
    .exitOverride()
    .configureOutput({
      writeOut: (text) => io.stdout.write(text),
      writeErr: (text) => io.stderr.write(text),
      outputError: (text, write) => write(`${asSentence(text)}\n`),
    });
  const commands = [
    startCommand(io),
    playgroundCommand(io),
    doctorCommand(io, setExitCode),
    captionCommand(io),
    askCommand(io),
    chatCommand(io),
    generateCommand(io),
    matchCommand(io),
    batchCommand(io, setExitCode),
    evalCommand(io),
    synthCommand(io),
    pullCommand(io),
    quantizeCommand(io),
    modelsCommand(io),
    helpCommand(program),
  ];
  for (const command of commands) program.addCommand(command.copyInheritedSettings(program));
  return program;
}

function helpCommand(program: Command): Command {
  return new Command('help')
    .description('display help for command')
    .argument('[command]')
    .action((name: string | undefined) => {
      if (name === undefined) program.help();
      const command = program.commands.find((one) => one.name() === name);
      if (command) command.help();
      program.error(`error: unknown command '${name}'`);
    });
}

/** Whoever read our output, as `head` does, has read enough. */
function ignoreClosedPipe(error: NodeJS.ErrnoException): void {
  if (error.code !== 'EPIPE') throw error;
}

function readVersion(): string {
  return JSON.parse(readFileSync(join(packageRoot(), 'package.json'), 'utf8')).version;
}

function report(error: unknown, stderr: CliIo['stderr']): number {
  // Help that was asked for has code 0; commander has said the rest itself.
  if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : 2;
  if (!(error instanceof Error)) throw error;
  if (error instanceof InterruptedError) {
    printLine(stderr, error.message);
    return error.exitCode;
  }
  const mistake = isMistake(error);
  printLine(stderr, mistake ? error.message : (error.stack ?? error.message));
  return mistake ? 2 : 1;
}

/** `error: unknown option '--devise'\n(Did you mean --device?)` to one line of whole sentences. */
function asSentence(text: string): string {
  const line = text
    .trim()
    .replace(/^error: /, '')
    .replaceAll(/\s*\n\s*/g, '. ');
  return `${line.charAt(0).toUpperCase()}${line.slice(1)}${/[.?)]$/.test(line) ? '' : '.'}`;
}
