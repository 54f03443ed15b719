// The engine and transformers on one checkpoint, in turn: `npm run bench:compare -- --model DIR`. Needs Python with
// torch, transformers and pillow.
import { begin } from './begin.ts';
import { parseEngineOptions } from './engine/options.ts';
import { drawSummary, printSummary, ratioTitle, summarise } from './engine/report.ts';
import { runRounds } from './engine/rounds.ts';

const names = ['ours', 'reference'] as const;
begin();

const { json, plot, alone: _, ...options } = parseEngineOptions(process.argv.slice(2));
const report = await runRounds({
  ...options,
  contenders: names,
  onRound: (round) => process.stderr.write(`round ${round + 1} of ${options.rounds}\n`),
});
const { threads, answers } = report;
const summaries = summarise(report);
if (json) {
  process.stdout.write(`${JSON.stringify({ model: options.model, threads, answers, rows: summaries })}\n`);
} else {
  process.stdout.write(
    `\nThe engine and transformers on ${options.model}, ${threads} threads each, medians\n`,
  );
  printSummary(summaries, names);
  process.stdout.write(`  the same tokens in ${answers.same} of ${answers.compared} answers\n`);
}
if (plot) await drawSummary(plot, ratioTitle(options.model), summaries);
