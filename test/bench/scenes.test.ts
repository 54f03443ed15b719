// What the benchmark of fresh scenes prints where it asked next to nothing.
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { expect, it } from 'vitest';

const root = join(import.meta.dirname, '..', '..');

it('prints a dash for a share of nothing', { timeout: 120_000 }, () => {
  const script = ['--import', 'tsx', join(root, 'bench', 'scenes.ts'), '--scenes', '1', '--photos', '1'];
  const { status, stdout } = spawnSync(process.execPath, script, { encoding: 'utf8', cwd: root });
  expect(status).toBe(0);
  expect(stdout).not.toMatch('NaN');
  expect(stdout).toMatch(/^naming one thing +100\.0 % of 1 *$/m);
  expect(stdout).toMatch(/^less sure than +right \(12\) +wrong \(0\) +right of those$/m);
  expect(stdout).toMatch(/^0\.5 +0\.0 % +– +–$/m);
});
