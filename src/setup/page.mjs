// Builds the playground's page into dist/page when it is absent or older than its sources.
import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { say } from './say.mjs';

/** @param {string} root */
export function pageIsCurrent(root) {
  const built = join(root, 'dist', 'page', 'index.html');
  if (!existsSync(built)) return false;
  const sources = [
    ...filesUnder(join(root, 'src', 'playground', 'page')),
    join(root, 'src', 'playground', 'page-api.ts'),
    join(root, 'package-lock.json'),
  ];
  const builtAt = statSync(built).mtimeMs;
  return sources.every((file) => statSync(file).mtimeMs <= builtAt);
}

/** @param {string} root */
export function buildPage(root) {
  say("Building the playground's page ...");
  const vite = join(root, 'node_modules', 'vite', 'bin', 'vite.js');
  const config = join(root, 'src', 'playground', 'page', 'vite.config.ts');
  const command = [vite, 'build', '--config', config, '--logLevel', 'warn'];
  const { status } = spawnSync(process.execPath, command, { cwd: root, stdio: ['ignore', 2, 2] });
  if (status !== 0) throw new Error("The playground's page could not be built. Vite's message stands above.");
}

function filesUnder(folder) {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath ?? entry.path, entry.name));
}
