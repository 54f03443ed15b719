// `npm start` and `npm run cli`: the command line from a checkout, made ready first. npm runs scripts in the
// package's folder, so file arguments are taken from the folder that npm was called in.
import { endWithParent } from './end-with-parent.mjs';
import { prepare } from './install.mjs';
import { say } from './say.mjs';

const args = process.argv.slice(2);

try {
  endWithParent();
  prepare({ program: true, page: ['start', 'playground'].includes(args[0] ?? '') });
  const { runCli } = await import('../../dist/src/cli/run-cli.js');
  process.exitCode = await runCli(args, { folder: process.env.INIT_CWD ?? process.cwd() });
} catch (error) {
  say(error instanceof Error ? error.message : String(error));
  process.exitCode = 1;
}
