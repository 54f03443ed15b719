// How far a pull has come: one line drawn over itself in a terminal, and a line for every tenth anywhere else.
import type { Writable } from 'node:stream';
import { formatBytes } from '../../models/format-bytes.ts';
import type { PullReporter } from '../hub/pull-reporter.ts';
import { printLine } from './cli-io.ts';
import { duration } from './duration.ts';

const REDRAW_MS = 100;
const CLEAR_LINE = '\r\x1b[K';
const BAR = 24;

/** @param now milliseconds */
export function pullProgress(
  stream: Writable,
  now: () => number = performance.now.bind(performance),
): PullReporter {
  const terminal = 'isTTY' in stream && stream.isTTY === true;
  let [total, here, first, startedAt, drawnAt, tenth] = [0, 0, 0, 0, 0, 0];
  let underWay = false;

  const state = () => {
    const seconds = (now() - startedAt) / 1000;
    const rate = seconds > 0 ? Math.max(0, here - first) / seconds : 0;
    return describe({ total, here, rate });
  };
  const draw = () => {
    drawnAt = now();
    stream.write(`${CLEAR_LINE}${bar(here / total)} ${state()}`);
  };
  return {
    begin(bytes, bytesHere, work) {
      [total, here, first, startedAt] = [bytes, bytesHere, bytesHere, now()];
      tenth = Math.floor((10 * here) / total);
      underWay = true;
      if (terminal) draw();
      else printLine(stream, beginning(total, here, work));
    },
    advance(bytes) {
      here += bytes;
      if (terminal && (now() - drawnAt >= REDRAW_MS || here === total)) draw();
      if (terminal || Math.floor((10 * here) / total) <= tenth) return;
      tenth = Math.floor((10 * here) / total);
      printLine(stream, state());
    },
    note(text) {
      printLine(stream, terminal && underWay ? `${CLEAR_LINE}${text}` : text);
    },
    end() {
      if (terminal && underWay) printLine(stream, '');
      underWay = false;
    },
  };
}

function beginning(total: number, here: number, work: 'fetching' | 'writing'): string {
  if (here === total) return `All ${formatBytes(total)} are there already.`;
  if (here > 0) return `Going on at ${formatBytes(here)} of ${formatBytes(total)}.`;
  return `${work === 'fetching' ? 'Fetching' : 'Writing'} ${formatBytes(total)}.`;
}

/** ` 42%  3.1 GB of 7.5 GB  35.0 MB/s  2 min left` */
function describe({ total, here, rate }: { total: number; here: number; rate: number }): string {
  const share = `${Math.floor((100 * here) / total)}%`.padStart(4);
  const parts = [share, `${formatBytes(here)} of ${formatBytes(total)}`];
  if (rate > 0) parts.push(`${formatBytes(rate)}/s`);
  if (rate > 0 && here < total) parts.push(`${duration((total - here) / rate)} left`);
  return parts.join('  ');
}

function bar(share: number): string {
  const filled = Math.round(BAR * Math.min(1, share));
  return `[${'#'.repeat(filled)}${'.'.repeat(BAR - filled)}]`;
}
