import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { expect, it } from 'vitest';
import setUp from './support/temporary-files.ts';

it('lets each test, and each program that one starts, put its files into the folder of the run', () => {
  const printed = execFileSync(process.execPath, ['-p', 'os.tmpdir()'], { encoding: 'utf8' });
  expect(basename(tmpdir())).toMatch(/^blipcord-tests-/);
  expect(printed.trim()).toBe(tmpdir());
});

it('removes that folder after the run', () => {
  const outside = tmpdir();
  const tearDown = setUp();
  const left = mkdtempSync(join(tmpdir(), 'left-behind-'));
  expect(dirname(dirname(left))).toBe(outside);
  tearDown();
  expect(existsSync(left)).toBe(false);
  expect(tmpdir()).toBe(outside);
});
