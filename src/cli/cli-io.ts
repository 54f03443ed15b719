// What a command of the CLI touches of the world around it.
import type { Readable, Writable } from 'node:stream';

export interface CliIo {
  /** What a relative file is relative to. */
  readonly folder: string;
  readonly stdin: Readable;
  readonly stdout: Writable;
  readonly stderr: Writable;
}

export function printLine(stream: Writable, text: string): void {
  stream.write(`${text}\n`);
}
