// Proves that the parity tests see every constant: nudges them one at a time, in a copy of the engine, and demands that
// each time a test fails that passed before. Run by hand, as it takes minutes: npm run mutations
import { spawnSync } from 'node:child_process';
import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { MUTATIONS } from './mutations.mjs';

const root = join(dirname(fileURLToPath(import.meta.url)), '..', '..');
const TESTS = ['parity', 'generation-parity', 'relative-position'].map(
  (name) => `test/models/${name}.test.ts`,
);

const copy = mkdtempSync(join(tmpdir(), 'blipcord-mutations-'));
process.once('exit', () => rmSync(copy, { recursive: true, force: true }));
for (const signal of ['SIGINT', 'SIGTERM']) process.once(signal, () => process.exit(130));

for (const part of ['models', 'test', 'src', 'package.json'])
  cpSync(join(root, part), join(copy, part), { recursive: true });
symlinkSync(join(root, 'node_modules'), join(copy, 'node_modules'));
const sources = readdirSync(join(copy, 'models'), { recursive: true })
  .filter((file) => file.endsWith('.ts'))
  .map((file) => join(copy, 'models', file));

const strange = MUTATIONS.filter(([, code]) => placesOf(code).length !== 1).map(([, code]) => code);
if (strange.length > 0) {
  throw new Error(`Not in models/ exactly once: ${strange.join(' · ')}. Mend test/mutations/mutations.mjs.`);
}
const before = failedTests();
if (before.failed > 0 || before.passed === 0)
  throw new Error('The parity tests fail before anything is nudged.');
process.stdout.write(`${before.passed} parity tests pass as it is.\n`);
const survivors = MUTATIONS.filter((mutation) => !isSeen(mutation));
process.stdout.write(
  `${MUTATIONS.length - survivors.length} of ${MUTATIONS.length} mutations make a parity test fail.\n`,
);
process.exitCode = survivors.length > 0 ? 1 : 0;

/** The file, once for each time that it holds the code. */
function placesOf(code) {
  return sources.flatMap((file) => {
    const times = readFileSync(file, 'utf8').split(code).length - 1;
    return Array(times).fill(file);
  });
}

function isSeen([what, code, nudged]) {
  const [file] = placesOf(code);
  const text = readFileSync(file, 'utf8');
  writeFileSync(
    file,
    text.replace(code, () => nudged),
  );
  try {
    const { failed, first } = failedTests();
    const name = file.slice(copy.length + 1);
    process.stdout.write(
      `${failed > 0 ? 'red  ' : 'GREEN'}  ${what.padEnd(46)}  ${name.padEnd(34)}  ${first}\n`,
    );
    return failed > 0;
  } finally {
    writeFileSync(file, text);
  }
}

/** A run that breaks off without a failed test counts as passed: it must be the numbers that are wrong. */
function failedTests() {
  const report = join(copy, 'report.json');
  rmSync(report, { force: true });
  spawnSync(
    process.execPath,
    [
      join(root, 'node_modules', 'vitest', 'vitest.mjs'),
      'run',
      ...TESTS,
      '--bail=1',
      '--testTimeout=120000',
      '--reporter=json',
      `--outputFile=${report}`,
    ],
    { cwd: copy, stdio: ['ignore', 'ignore', 'inherit'] },
  );
  const { testResults, numPassedTests: passed } = JSON.parse(readFileSync(report, 'utf8'));
  const failures = testResults
    .flatMap(({ assertionResults }) => assertionResults)
    .filter(
      ({ status, failureMessages }) => status === 'failed' && /AssertionError/.test(failureMessages[0] ?? ''),
    );
  return { passed, failed: failures.length, first: failures[0]?.fullName.slice(0, 70) ?? '' };
}
