// Builds the playground's page into dist/page when its sources changed.
import { spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { isCurrent } from './is-current.mjs';
import { say } from './say.mjs';

// Written last, and removed first, as all of dist/page.
const stamp = join('dist', 'page', '.built');

/** @param {string} root */
export function pageIsCurrent(root) {
  return isCurrent(join(root, stamp), [
    join(root, 'src', 'playground', 'page'),
    join(root, 'src', 'playground', 'page-api.ts'),
    join(root, 'package-lock.json'),
  ]);
}

/** @param {string} root */
export function buildPage(root) {
  say("Building the playground's page ...");
  const vite = join(root, 'node_modules', 'vite', 'bin', 'vite.js');
  const config = join(root, 'src', 'playground', 'page', 'vite.config.ts');
  const command = [vite, 'build', '--config', config, '--logLevel', 'warn'];
  const { status } = spawnSync(process.execPath, command, { cwd: root, stdio: ['ignore', 2, 2] });
  if (status !== 0) throw new Error("The playground's page could not be built. Vite's message stands above.");
  writeFileSync(join(root, stamp), '');
}
