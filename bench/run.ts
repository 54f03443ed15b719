// `npm run bench`: every measurement of time, or those named, with their options: `npm run bench -- answer start`,
// `npm run bench -- scenes --model emoji`.
import { spawnSync } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { cpus } from 'node:os';
import { basename, join } from 'node:path';
import { disableTelemetry } from '../src/config.ts';

disableTelemetry();

// Not measurements; and scenes, which takes many minutes, is measured only by name.
const helpers = ['run', 'table'];
const given = process.argv.slice(2);
const firstOption = given.findIndex((argument) => argument.startsWith('-'));
const named = firstOption === -1 ? given : given.slice(0, firstOption);
const options = firstOption === -1 ? [] : given.slice(firstOption);
const files = readdirSync(import.meta.dirname)
  .filter((file) => file.endsWith('.ts') && !helpers.includes(basename(file, '.ts')))
  .filter((file) => (named.length === 0 ? file !== 'scenes.ts' : named.includes(basename(file, '.ts'))));

process.stdout.write(`${cpus().length} × ${cpus()[0]?.model.trim()}, Node ${process.version}\n`);
for (const file of files) {
  const { status } = spawnSync(
    process.execPath,
    ['--import', 'tsx', join(import.meta.dirname, file), ...options],
    {
      stdio: 'inherit',
    },
  );
  if (status !== 0) process.exitCode = 1;
}
