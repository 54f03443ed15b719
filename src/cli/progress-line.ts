// One line in the terminal that says how far something is; nothing where output goes into a file.
import type { Writable } from 'node:stream';
import { WriteStream } from 'node:tty';

export interface ProgressLine {
  readonly update: (done: number, total: number) => void;
  /** Takes the line away. */
  readonly end: () => void;
}

export function progressLine(stream: Writable, label: string): ProgressLine {
  if (!(stream instanceof WriteStream)) return { update: () => undefined, end: () => undefined };
  let shown = '';
  const show = (text: string) => {
    if (text !== shown) stream.write(`\r\u001b[2K${text}`);
    shown = text;
  };
  return {
    update: (done, total) =>
      show(`${label}: ${Math.floor((100 * done) / total)} % of ${(total / 1e9).toFixed(2)} GB`),
    end: () => show(''),
  };
}
