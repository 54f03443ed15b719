// Starts the bot, says where it is, and ends it cleanly when asked to.
import { once } from 'node:events';
import { type CliIo, printLine } from './cli-io.ts';
import { configure, type ModelOptions } from './model-options.ts';

export interface RunOptions extends ModelOptions {
  /** The local Discord, also where there is a token for the real one. */
  readonly playground?: true;
}

export async function runProgram(options: RunOptions, io: CliIo): Promise<void> {
  const config = configure(options, io);
  const [{ startProgram }, { openLog }] = await Promise.all([import('../start.ts'), import('../log.ts')]);
  const token = options.playground ? undefined : config.discordToken;
  const program = await startProgram({ ...config, discordToken: token }, openLog({ level: config.logLevel }));
  // Listened for before the banner says that all is ready: whoever reads it may end the program right then.
  const enough = new AbortController();
  const heard = firstSignal(enough.signal);
  printLine(io.stdout, ['', ...program.banner.map((line) => `  ${line}`), ''].join('\n'));
  const end = await Promise.race([heard, program.closed]);
  // From here on a signal has its usual effect: the listeners are gone.
  enough.abort();
  printLine(io.stderr, end === 'SIGINT' ? '\nFinishing; Ctrl+C again ends it at once.' : 'Finishing.');
  await program.stop();
  // Whoever watches over the program sees by its exit code that it did not end because it was told to.
  if (end instanceof Error) throw end;
}

async function firstSignal(enough: AbortSignal): Promise<NodeJS.Signals> {
  const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;
  return Promise.race(
    signals.map(async (signal) => {
      await once(process, signal, { signal: enough });
      return signal;
    }),
  );
}
