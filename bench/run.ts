// `npm run bench`: every measurement of time, or those named, with their options: `npm run bench -- answer start`,
// `npm run bench -- engine --model DIR --json`, `npm run bench -- scenes --model emoji`,
// `npm run bench -- precision --model DIR`, `npm run bench -- bandwidth --model DIR`,
// `npm run bench -- quality --out DIR`.
import { spawnSync } from 'node:child_process';
import { cpus } from 'node:os';
import { join } from 'node:path';
import { UsageError } from '../src/usage-error.ts';
import { begin } from './begin.ts';

begin();

const quick = ['start', 'answer', 'overhead', 'event-loop', 'engine'];
/** Take many minutes, or need nothing measured, and so are done only by name. */
const slow = ['scenes', 'precision', 'quality', 'bandwidth', 'plots'];
const given = process.argv.slice(2);
const firstOption = given.findIndex((argument) => argument.startsWith('-'));
const named = firstOption === -1 ? given : given.slice(0, firstOption);
const options = firstOption === -1 ? [] : given.slice(firstOption);
const strange = named.find((name) => ![...quick, ...slow].includes(name));
if (strange !== undefined) {
  throw new UsageError(
    `There is no measurement "${strange}". Name some of: ${[...quick, ...slow].join(', ')}.`,
  );
}

/** Options without a name are the engine's: `npm run bench -- --json`. */
const byDefault = options.length > 0 ? ['engine'] : quick;
if (!options.includes('--json')) {
  process.stdout.write(`${cpus().length} × ${cpus()[0]?.model.trim()}, Node ${process.version}\n`);
}
for (const name of named.length > 0 ? named : byDefault) {
  const file = join(import.meta.dirname, `${name}.ts`);
  const { status } = spawnSync(process.execPath, ['--import', 'tsx', file, ...options], { stdio: 'inherit' });
  if (status !== 0) process.exitCode = 1;
}
