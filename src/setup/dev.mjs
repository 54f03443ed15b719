// `npm run dev`: the program and the page, each made anew when its sources change.
import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { endWithParent } from './end-with-parent.mjs';
import { passSignals } from './pass-signals.mjs';

const page = join('src', 'playground', 'page', 'vite.config.ts');
const vite = join('node_modules', 'vite', 'bin', 'vite.js');
// The page stays where it is until the new one is there.
const buildPage = [
  vite,
  'build',
  '--watch',
  '--emptyOutDir',
  'false',
  '--config',
  page,
  '--logLevel',
  'warn',
];
const runProgram = ['--watch', '--import', 'tsx', join('src', 'cli.ts'), 'start'];
const children = [buildPage, runProgram].map((args) => spawn(process.execPath, args, { stdio: 'inherit' }));

endWithParent();
passSignals(children);
