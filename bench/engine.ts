// The engine on one checkpoint: loading, memory, speed. `npm run bench -- engine --model DIR --json`
import { begin } from './begin.ts';
import { parseEngineOptions } from './engine/options.ts';
import { printSummary, summarise } from './engine/report.ts';
import { runRounds } from './engine/rounds.ts';

begin();

const { json, alone: _, ...options } = parseEngineOptions(process.argv.slice(2));
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
