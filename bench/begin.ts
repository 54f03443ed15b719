// What every benchmark does first: onnxruntime is to send nothing, and a mistake on the command line is told in one line.
import { isMistake } from '../src/cli/mistakes.ts';
import { disableTelemetry } from '../src/config.ts';

export function begin(): void {
  disableTelemetry();
  process.once('uncaughtException', (error) => {
    const mistake = isMistake(error) || isOfParseArgs(error);
    process.stderr.write(`${mistake ? error.message : error.stack}\n`);
    process.exit(mistake ? 2 : 1);
  });
}

/** Of Node's own reader of command lines. */
function isOfParseArgs(error: NodeJS.ErrnoException): boolean {
  return error.code?.startsWith('ERR_PARSE_ARGS') ?? false;
}
