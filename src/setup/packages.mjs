// Installs the packages that package-lock.json names, when those in node_modules are others.
import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { say } from './say.mjs';

/**
 * npm writes what it installed into node_modules/.package-lock.json, last of all: after a broken install it is absent.
 * Packages for other platforms are in the lock file alone.
 * @param {string} root
 */
export function packagesAreCurrent(root) {
  const installedFile = join(root, 'node_modules', '.package-lock.json');
  if (!existsSync(installedFile)) return false;
  const wanted = readPackages(join(root, 'package-lock.json'));
  const installed = readPackages(installedFile);
  return Object.entries(wanted).every(([path, entry]) => {
    if (path === '') return true;
    const found = installed[path];
    return found
      ? found.version === entry.version && found.integrity === entry.integrity
      : entry.optional === true;
  });
}

/** @param {string} root */
export function installPackages(root) {
  say('Installing the packages that blipcord needs (once; about a minute) ...');
  const started = Date.now();
  const command = ['ci', '--include=dev', '--no-audit', '--no-fund', '--loglevel=error'];
  // Its output goes to our stderr, so that a script's own stdout stays clean.
  const { status } = spawnNpm(command, { cwd: root, stdio: ['ignore', 2, 2] });
  if (status !== 0) {
    throw new Error(
      `npm ci failed with code ${status}. Its message stands above; put it right and run this again.`,
    );
  }
  say(`Installed in ${Math.round((Date.now() - started) / 1000)} s.`);
}

/** The npm that runs this script, else the one on the PATH. */
function spawnNpm(command, options) {
  const npm = process.env.npm_execpath;
  if (npm?.endsWith('.js')) return spawnSync(process.execPath, [npm, ...command], options);
  return spawnSync('npm', command, { ...options, shell: process.platform === 'win32' });
}

function readPackages(file) {
  return JSON.parse(readFileSync(file, 'utf8')).packages;
}
