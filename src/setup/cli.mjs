// `npm start` and `npm run cli`: the command line from a checkout, made ready first. npm runs scripts in the
// package's folder, so file arguments are taken from the folder that npm was called in.
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

/** npm passes a signal on to its shell alone, which ends and leaves us behind. */
function endWithParent() {
  const parent = process.ppid;
  const watch = setInterval(() => {
    if (process.ppid === parent) return;
    clearInterval(watch);
    process.kill(process.pid, 'SIGTERM');
  }, 250);
  watch.unref();
}
