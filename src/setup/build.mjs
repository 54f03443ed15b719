// `npm run build`: all of dist/, checked, as it is published.

import { prepare, root } from './install.mjs';
import { buildPage } from './page.mjs';
import { buildProgram } from './program.mjs';
import { say } from './say.mjs';

try {
  prepare();
  buildPage(root);
  buildProgram(root, { check: true });
} catch (error) {
  say(error instanceof Error ? error.message : String(error));
  process.exitCode = 1;
}
