import { Writable } from 'node:stream';
import { describe, expect, it } from 'vitest';
import { pullProgress } from '../../src/cli/pull-progress.ts';

const GB = 1e9;

describe('the progress of a pull in a terminal', () => {
  it('is one line drawn over itself, with the speed and the time that is left', () => {
    const { progress, written, wait } = open(true);
    progress.begin(8 * GB, 2 * GB, 'fetching');
    wait(20_000);
    progress.advance(2 * GB);
    progress.end();
    expect(written()).toEqual([
      '\r\x1b[K[######..................]  25%  2.0 GB of 8.0 GB',
      '\r\x1b[K[############............]  50%  4.0 GB of 8.0 GB  100 MB/s  40 s left',
      '\n',
    ]);
  });

  it('is drawn no more often than can be seen, but at the end', () => {
    const { progress, written, wait } = open(true);
    progress.begin(1000, 0, 'fetching');
    for (let count = 0; count < 100; count++) {
      wait(1);
      progress.advance(10);
    }
    expect(written()).toHaveLength(2);
    expect(written().at(-1)).toContain('100%');
  });

  it('makes room for a note', () => {
    const { progress, written } = open(true);
    progress.begin(1000, 0, 'fetching');
    progress.note('Waiting.');
    expect(written().at(-1)).toBe('\r\x1b[KWaiting.\n');
  });

  it('counts in minutes and hours what takes long', () => {
    const { progress, written, wait } = open(true);
    progress.begin(100 * GB, 0, 'fetching');
    wait(60_000);
    progress.advance(10 * GB);
    wait(1_000_000);
    progress.advance(GB);
    expect(
      written()
        .slice(1)
        .map((line) => line.slice(-11)),
    ).toEqual([' 9 min left', ' 2.4 h left']);
  });
});

describe('the progress of a pull elsewhere', () => {
  it('is a line for every tenth', () => {
    const { progress, written, wait } = open(false);
    progress.begin(1000, 450, 'fetching');
    for (let count = 0; count < 55; count++) {
      wait(100);
      progress.advance(10);
    }
    progress.end();
    const lines = written();
    expect(lines[0]).toBe('Going on at 450 B of 1.0 kB.\n');
    expect(lines.slice(1).map((line) => line.slice(0, 4))).toEqual([
      ' 50%',
      ' 60%',
      ' 70%',
      ' 80%',
      ' 90%',
      '100%',
    ]);
    expect(lines.join('')).not.toContain('\r');
  });

  it('says where all is there already', () => {
    const { progress, written } = open(false);
    progress.begin(1000, 1000, 'fetching');
    progress.end();
    expect(written()).toEqual(['All 1.0 kB are there already.\n']);
  });
});

function open(isTTY: boolean) {
  const written: string[] = [];
  const stream = Object.assign(
    new Writable({
      decodeStrings: false,
      write(chunk, _, done) {
        written.push(chunk);
        done();
      },
    }),
    { isTTY },
  );
  let time = 0;
  return {
    progress: pullProgress(stream, () => time),
    written: () => written,
    wait: (ms: number) => {
      time += ms;
    },
  };
}
