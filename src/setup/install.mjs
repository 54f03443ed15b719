// Makes a checkout ready to run, and every npm script begins with it: the packages as the lock file names them;
// where asked for, the program and the playground's page compiled, and what the browser tests need. Plain JavaScript
// without dependencies, since it runs before there are any. Says nothing on stdout.
import { dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { installBrowser } from './browser.mjs';
import { installPackages, packagesAreCurrent } from './packages.mjs';
import { buildPage, pageIsCurrent } from './page.mjs';
import { buildProgram, programIsCurrent } from './program.mjs';
import { say } from './say.mjs';

export const root = join(dirname(fileURLToPath(import.meta.url)), '..', '..');
const oldestNode = [20, 19];

/** @param {{ program?: boolean, page?: boolean, browser?: boolean }} wanted */
export function prepare({ program = false, page = false, browser = false } = {}) {
  requireNode(process.versions.node);
  if (!packagesAreCurrent(root)) installPackages(root);
  if (program && !programIsCurrent(root)) buildProgram(root);
  if (page && !pageIsCurrent(root)) buildPage(root);
  if (browser) installBrowser();
}

/** @param {string} version as in process.versions.node */
export function requireNode(version) {
  const [major = 0, minor = 0] = version.split('.').map(Number);
  if (major > oldestNode[0] || (major === oldestNode[0] && minor >= oldestNode[1])) return;
  throw new Error(
    `blipcord needs Node ${oldestNode.join('.')} or newer, and this is ${version}. Get one from https://nodejs.org.`,
  );
}

const startedByHand = process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href;
if (startedByHand) {
  const [program, page, browser] = ['--program', '--page', '--browser'].map((flag) =>
    process.argv.includes(flag),
  );
  try {
    prepare({ program, page, browser });
  } catch (error) {
    say(error instanceof Error ? error.message : String(error));
    process.exitCode = 1;
  }
}
