// Runs the command line in this process, with its output in strings.
import { Readable, Writable } from 'node:stream';
import { runCli } from '../../src/cli/run-cli.ts';

export interface CliRun {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

export async function blipcord(
  args: readonly string[],
  { folder = process.cwd(), input = '' } = {},
): Promise<CliRun> {
  const stdout = new TextSink();
  const stderr = new TextSink();
  const code = await runCli(args, { folder, stdin: Readable.from([input]), stdout, stderr });
  return { code, stdout: stdout.text, stderr: stderr.text };
}

class TextSink extends Writable {
  text = '';

  override _write(chunk: Buffer, _encoding: BufferEncoding, done: () => void): void {
    this.text += chunk.toString();
    done();
  }
}
