// The engine on one checkpoint: loading, memory, speed. `npm run bench -- engine --model DIR --json`
import { UsageError } from '../src/usage-error.ts';
import { begin } from './begin.ts';
import { parseEngineOptions } from './engine/options.ts';
import { printSummary, summarise } from './engine/report.ts';
import { runRounds } from './engine/rounds.ts';

begin();

const { json, plot, alone: _, ...options } = parseEngineOptions(process.argv.slice(2));
if (plot) throw new UsageError('--plot draws ratios to transformers. Use bench:compare.');
const report = await runRounds({ ...options, contenders: ['ours'] });
const summaries = summarise(report);
if (json) {
  process.stdout.write(
    `${JSON.stringify({ model: options.model, threads: report.threads, rows: summaries })}\n`,
  );
} else {
  process.stdout.write(`\nThe engine on ${options.model}, ${report.threads} threads\n`);
  printSummary(summaries, ['ours']);
}
