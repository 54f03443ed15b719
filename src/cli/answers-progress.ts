// How many answers are there: one line drawn over itself in a terminal, and a line for every tenth anywhere else.
import type { Writable } from 'node:stream';
import { printLine } from './cli-io.ts';
import { duration } from './duration.ts';

const REDRAW_MS = 200;
const CLEAR_LINE = '\r\x1b[K';

export interface AnswersProgress {
  readonly advance: () => void;
  /** Takes the line away. */
  readonly end: () => void;
}

/**
 * @param before so many are there from an earlier run
 * @param now milliseconds
 */
export function answersProgress(
  stream: Writable,
  { total, before }: { readonly total: number; readonly before: number },
  now: () => number = performance.now.bind(performance),
): AnswersProgress {
  const terminal = 'isTTY' in stream && stream.isTTY === true;
  const startedAt = now();
  let [done, drawnAt, tenth] = [before, Number.NEGATIVE_INFINITY, Math.floor((10 * before) / total)];

  const state = () => {
    const seconds = (now() - startedAt) / 1000;
    const rate = (done - before) / seconds;
    const left = done < total ? `, ${duration((total - done) / rate)} left` : '';
    return `${Math.floor((100 * done) / total)} % of ${total} answers, ${rate.toFixed(rate < 10 ? 1 : 0)} a second${left}`;
  };
  return {
    advance() {
      done++;
      if (terminal) {
        if (now() - drawnAt < REDRAW_MS && done < total) return;
        drawnAt = now();
        stream.write(`${CLEAR_LINE}${state()}`);
      } else if (Math.floor((10 * done) / total) > tenth) {
        tenth = Math.floor((10 * done) / total);
        printLine(stream, state());
      }
    },
    end() {
      if (terminal) stream.write(CLEAR_LINE);
    },
  };
}
