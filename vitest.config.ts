import { defineConfig } from 'vitest/config';
import { LongestFirst } from './src/setup/longest-first.ts';
import { SummaryReporter } from './src/setup/summary-reporter.ts';

const summary = new SummaryReporter({
  failOnSkip: process.env.CI === 'true',
  print: (line) => process.stdout.write(`${line}\n`),
  fail: () => {
    process.exitCode = 1;
  },
});

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    reporters: ['default', summary],
    globalSetup: ['test/support/temporary-files.ts'],
    // Answers shouldn't depend on the machine: whoever tests another device names it.
    env: { ORT_DISABLE_TELEMETRY: '1', BLIPCORD_DEVICE: 'cpu' },
    testTimeout: 20_000,
    hookTimeout: 30_000,
    // Two cores: two processes, each of which loads the packages once for all the files that it runs. Nothing in the rooms
    // is shared by whoever imports it, so that no file knows of another.
    maxWorkers: 2,
    isolate: false,
    sequence: { sequencer: LongestFirst },
  },
});
