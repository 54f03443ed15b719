// `npm run bench`: every measurement, or those named: `npm run bench -- answer start`.
import { spawnSync } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { cpus } from 'node:os';
import { basename, join } from 'node:path';
import { disableTelemetry } from '../src/config.ts';

disableTelemetry();

const named = process.argv.slice(2);
const files = readdirSync(import.meta.dirname)
  .filter((file) => file.endsWith('.ts') && !['run.ts', 'table.ts'].includes(file))
  .filter((file) => named.length === 0 || named.includes(basename(file, '.ts')));

process.stdout.write(`${cpus().length} × ${cpus()[0]?.model.trim()}, Node ${process.version}\n`);
for (const file of files) {
  const { status } = spawnSync(process.execPath, ['--import', 'tsx', join(import.meta.dirname, file)], {
    stdio: 'inherit',
  });
  if (status !== 0) process.exitCode = 1;
}
