import { Writable } from 'node:stream';
import { describe, expect, it } from 'vitest';
import { answersProgress } from '../../src/cli/answers-progress.ts';

function follow({ total = 200, before = 0, isTTY = false } = {}) {
  let written = '';
  let ms = 0;
  const stream = Object.assign(
    new Writable({
      write(chunk, _, done) {
        written += chunk;
        done();
      },
    }),
    { isTTY },
  );
  const progress = answersProgress(stream, { total, before }, () => ms);
  const advance = (count: number, msEach: number) => {
    for (let at = 0; at < count; at++) {
      ms += msEach;
      progress.advance();
    }
  };
  return { advance, end: progress.end, written: () => written };
}

describe('the progress of an evaluation', () => {
  it('is a line for each tenth in a log, with the pace and the time that is left', () => {
    const { advance, end, written } = follow();
    advance(39, 500);
    expect(written()).toBe('10 % of 200 answers, 2.0 a second, 2 min left\n');
    advance(161, 500);
    end();
    expect(written().split('\n')).toHaveLength(11);
    expect(written()).toMatch(/\n100 % of 200 answers, 2\.0 a second\n$/);
  });

  it('counts what an earlier run answered as there, and not into the pace', () => {
    const { advance, written } = follow({ before: 100 });
    advance(20, 100);
    expect(written()).toBe('60 % of 200 answers, 10 a second, 8 s left\n');
  });

  it('is one line in a terminal, drawn a few times a second and taken away at the end', () => {
    const { advance, end, written } = follow({ isTTY: true });
    advance(100, 10);
    end();
    expect(written()).not.toContain('\n');
    expect(written().split('\r').length).toBeLessThan(12);
    expect(written().endsWith(' left\r\u001b[K')).toBe(true);
  });
});
