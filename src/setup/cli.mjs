// `npm run cli`: the command line from a checkout. npm runs scripts in the package's folder, so file arguments are
// taken from the folder that npm was called in.
import { prepare } from './install.mjs';
import { say } from './say.mjs';

try {
  prepare();
  const { register } = await import('tsx/esm/api');
  register();
  const { runCli } = await import('../cli/run-cli.ts');
  process.exitCode = await runCli(process.argv.slice(2), { folder: process.env.INIT_CWD ?? process.cwd() });
} catch (error) {
  say(error instanceof Error ? error.message : String(error));
  process.exitCode = 1;
}
