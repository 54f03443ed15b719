// `npm run bench`: every measurement of time, or those named, with their options. `npm run bench -- --help` lists all.
import { spawnSync } from 'node:child_process';
import { cpus } from 'node:os';
import { join } from 'node:path';
import { UsageError } from '../src/usage-error.ts';
import { begin } from './begin.ts';

begin();

const quick = {
  start: 'from typing npm start to a page that loads, with the bot in it',
  answer: "from a person's message in the local Discord to the bot's reply",
  overhead: 'what the bot itself takes for an answer, with 50 conversations at once',
  'event-loop': "how long the bot's thread is kept from its own work by answers under way",
  engine: "a checkpoint's loading, memory and speed: --model DIR, --json",
};
/** Take many minutes, or need nothing measured, and so are done only by name. */
const slow = {
  scenes: 'how many answers about fresh scenes are right: --model NAME, --scenes N',
  precision: 'one checkpoint in each precision, in size, memory, speed and likeness: --model DIR',
  quality: 'how many answers are right in each precision: --out DIR',
  bandwidth: "how near to the memory's speed a text is written: --model DIR, --weights TYPE",
  plots: 'draws the tables of docs/performance.md, and measures nothing',
};
const given = process.argv.slice(2);
const firstOption = given.findIndex((argument) => argument.startsWith('-'));
const named = firstOption === -1 ? given : given.slice(0, firstOption);
const options = firstOption === -1 ? [] : given.slice(firstOption);
if (named.length === 0 && ['--help', '-h'].includes(options[0] ?? '')) help();
else measure();

function help(): void {
  process.stdout.write(`npm run bench -- [names] [options of theirs]

Without names all of these, with options alone the engine:
${list(quick)}
By name alone:
${list(slow)}
`);
}

function list(measurements: Readonly<Record<string, string>>): string {
  return Object.entries(measurements)
    .map(([name, says]) => `  ${name.padEnd(12)}${says}`)
    .join('\n');
}

function measure(): void {
  const known = Object.keys({ ...quick, ...slow });
  const strange = named.find((name) => !known.includes(name));
  if (strange !== undefined) {
    throw new UsageError(`There is no measurement "${strange}". Name some of: ${known.join(', ')}.`);
  }
  const byDefault = options.length > 0 ? ['engine'] : Object.keys(quick);
  if (!options.includes('--json')) {
    process.stdout.write(`${cpus().length} × ${cpus()[0]?.model.trim()}, Node ${process.version}\n`);
  }
  for (const name of named.length > 0 ? named : byDefault) {
    const file = join(import.meta.dirname, `${name}.ts`);
    const script = ['--import', 'tsx', file, ...options];
    const { status } = spawnSync(process.execPath, script, { stdio: 'inherit' });
    if (status !== 0) process.exitCode = 1;
  }
}
