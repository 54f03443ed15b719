// The engine on a GPU and transformers in f16 on the same card, in turn: `npm run bench:gpu -- --model DIR`. Needs Python
// with torch, transformers and pillow; `--alone` does without. `--device cpu` tries the benchmark itself where there is no GPU.
import { begin } from './begin.ts';
import { deviceToMeasure } from './engine/device-to-measure.ts';
import { parseEngineOptions } from './engine/options.ts';
import { drawSummary, printSummary, ratioTitle, summarise } from './engine/report.ts';
import { runRounds } from './engine/rounds.ts';

begin();

const { json, plot, alone, ...options } = parseEngineOptions(process.argv.slice(2));
const names = alone ? (['ours'] as const) : (['ours', 'reference'] as const);
const report = await runRounds({
  ...options,
  device: await deviceToMeasure(options.device),
  contenders: names,
  onRound: (round) => process.stderr.write(`round ${round + 1} of ${options.rounds}\n`),
});
const { where, answers } = report;
const summaries = summarise(report);
if (json) {
  process.stdout.write(`${JSON.stringify({ model: options.model, where, answers, rows: summaries })}\n`);
} else {
  process.stdout.write(`\nThe engine${alone ? '' : ' and transformers'} on ${options.model}, medians\n`);
  for (const name of names) process.stdout.write(`  ${name} runs on ${where[name]}\n`);
  printSummary(summaries, names);
  if (!alone) process.stdout.write(`  the same tokens in ${answers.same} of ${answers.compared} answers\n`);
}
if (plot) await drawSummary(plot, ratioTitle(options.model, where.ours), summaries);
