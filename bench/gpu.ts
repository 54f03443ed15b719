// The engine on a GPU and transformers in f16 on the same card, in turn: `npm run bench:gpu -- --model DIR`. Needs Python
// with torch, transformers and pillow; `--alone` does without. `--device cpu` tries the benchmark itself where there is no GPU.
import type { DeviceChoice } from '../models/backend.ts';
import { openDevice } from '../models/device.ts';
import { deviceLabel } from '../models/device-choice.ts';
import { disableTelemetry } from '../src/config.ts';
import { type EngineOptions, parseEngineOptions } from './engine/options.ts';
import { printSummary, summarise } from './engine/report.ts';
import { runRounds } from './engine/rounds.ts';

disableTelemetry();

const { json, alone, ...options } = parseEngineOptions(process.argv.slice(2));
const names = alone ? (['ours'] as const) : (['ours', 'reference'] as const);
const report = await runRounds({
  ...options,
  device: await deviceToMeasure(options),
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

/** By name, so that both take the same. */
async function deviceToMeasure({ device = 'auto' }: Pick<EngineOptions, 'device'>): Promise<DeviceChoice> {
  if (device !== 'auto') return device;
  const { report: found } = await openDevice('auto');
  if (found.device !== 'cpu') return deviceLabel(found) as DeviceChoice;
  throw new Error(
    `No GPU works here. ${found.fallbacks.join(' ')} Name one with --device, or try the benchmark itself with --device cpu.`,
  );
}
