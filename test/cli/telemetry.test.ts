import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { packageRoot } from '../../src/package-root.ts';

it("leaves nothing of onnxruntime's telemetry in the home folder", () => {
  const home = mkdtempSync(join(tmpdir(), 'blipcord-home-'));
  onTestFinished(() => rmSync(home, { recursive: true, force: true }));
  const { ORT_DISABLE_TELEMETRY: _, XDG_CACHE_HOME: __, ...env } = process.env;
  const root = packageRoot();
  const picture = join(root, 'src', 'playground', 'samples', 'rocket.png');
  const command = ['--import', 'tsx', join(root, 'src', 'cli.ts'), 'caption', picture];
  const run = spawnSync(process.execPath, command, {
    cwd: root,
    env: { ...env, HOME: home },
    encoding: 'utf8',
  });
  expect(run.stdout).toContain('rocket');
  expect(existsSync(join(home, '.cache', 'Microsoft'))).toBe(false);
});
