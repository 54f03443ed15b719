// Compiles the program into dist/ when its sources changed: it starts in half the time that it takes from TypeScript.
import { spawnSync } from 'node:child_process';
import { cpSync, existsSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { isCurrent } from './is-current.mjs';
import { say } from './say.mjs';

// Written last: a build that was broken off leaves none, or one older than the sources.
const stamp = join('dist', 'src', '.built');
const rooms = ['src', 'commands', 'conversation', 'models'];

/** @param {string} root */
export function programIsCurrent(root) {
  return isCurrent(join(root, stamp), [
    ...rooms.map((room) => join(root, room)),
    join(root, 'tsconfig.json'),
    join(root, 'tsconfig.build.json'),
    join(root, 'package-lock.json'),
  ]);
}

/**
 * @param {string} root
 * @param {{ check?: boolean }} [options] check: with types checked and declared, to be published
 */
export function buildProgram(root, { check = false } = {}) {
  say('Compiling the program ...');
  // Without the check the files stay meanwhile: another program may be running from them.
  if (check) for (const room of rooms) rmSync(join(root, 'dist', room), { recursive: true, force: true });
  const tsc = join(root, 'node_modules', 'typescript', 'bin', 'tsc');
  const quick = check ? [] : ['--noCheck', '--declaration', 'false'];
  const command = [tsc, '--project', join(root, 'tsconfig.build.json'), ...quick];
  const { status } = spawnSync(process.execPath, command, { cwd: root, stdio: ['ignore', 2, 2] });
  if (status !== 0)
    throw new Error("The program could not be compiled. The compiler's message stands above.");
  const samples = join('src', 'playground', 'samples');
  if (existsSync(join(root, samples)))
    cpSync(join(root, samples), join(root, 'dist', samples), { recursive: true });
  writeFileSync(join(root, stamp), '');
}
