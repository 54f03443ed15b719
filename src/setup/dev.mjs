// `npm run dev`: the program and the page, each made anew when its sources change.
import { spawn } from 'node:child_process';
import { join } from 'node:path';

const page = join('src', 'playground', 'page', 'vite.config.ts');
const vite = join('node_modules', 'vite', 'bin', 'vite.js');
const children = [
  spawn(process.execPath, [vite, 'build', '--watch', '--config', page, '--logLevel', 'warn'], {
    stdio: 'inherit',
  }),
  spawn(process.execPath, ['--watch', '--import', 'tsx', join('src', 'cli.ts'), 'start'], {
    stdio: 'inherit',
  }),
];

for (const signal of ['SIGINT', 'SIGTERM']) {
  process.on(signal, () => {
    for (const child of children) child.kill(signal);
  });
}
