// One checkpoint in each precision: size, time to load, memory, speed, and how far its choice of the next token is from
// that of the stored weights: `npm run bench -- precision --model DIR`. Quantises first what isn't there yet by the
// recipe given, `--keep head=int4 --block 128`, into a temporary folder. `--rounds 0` compares the choices alone.
import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readFile, stat, writeFile } from 'node:fs/promises';
import { availableParallelism } from 'node:os';
import { basename, join } from 'node:path';
import { parseArgs } from 'node:util';
import type { WeightChoice, WeightPrecision } from '../models/backend.ts';
import { quantisedFile } from '../models/checkpoint/quantised-weights.ts';
import { readStoredWeights } from '../models/checkpoint/stored-weights.ts';
import { makeRecipe } from '../models/quantise/parts.ts';
import { UsageError } from '../src/usage-error.ts';
import { begin } from './begin.ts';
import { blockSize, checkpointFolder, count, imageFile, plotFile, weightChoice } from './command-line.ts';
import { Contender } from './engine/contender.ts';
import { captionRequest, measurements } from './engine/work.ts';
import { precisionPlot } from './plots/draw-plots.ts';
import { compareLogits } from './precision/compare-logits.ts';
import { linkModel } from './precision/link-model.ts';
import { quantise } from './quantise.ts';
import { subjectOptions } from './subject.ts';
import { median } from './table.ts';

begin();

const { values } = parseArgs({
  options: {
    ...subjectOptions,
    weights: { type: 'string', default: 'auto,f16,int8,int4' },
    rounds: { type: 'string', default: '3' },
    repetitions: { type: 'string', default: '3' },
    keep: { type: 'string', multiple: true, default: [] },
    block: { type: 'string' },
    plot: { type: 'string' },
  },
});
const source = checkpointFolder(values.model);
const image = imageFile(values.image);
const choices = values.weights.split(',').map(weightChoice);
const plot = plotFile(values.plot);
const rounds = count('--rounds', values.rounds, 0);
if (plot && rounds === 0)
  throw new UsageError('--plot draws what is measured in rounds. Leave out --rounds 0.');
const repetitions = count('--repetitions', values.repetitions);
const MEASURED = [
  'image to features',
  'caption of 20 tokens',
  'decoding of 32 tokens',
  'prefill of a long prompt',
];
const block = blockSize('--block', values.block);
const recipeOf = (weights: WeightPrecision) => makeRecipe(weights, values.keep, block);
for (const weights of choices) if (weights !== 'auto') recipeOf(weights); // a mistake is told before the work
const model = linkModel(source);
process.stderr.write(`What has to be quantised lies in ${model} until the end.\n`);
const rows = new Map<string, Map<WeightChoice, number[]>>();

for (const weights of choices) note('size, MB', weights, (await sizeOf(weights)) / 1e6);
for (let round = 0; round < rounds; round++) {
  for (const weights of round % 2 === 0 ? choices : choices.toReversed()) await measure(weights, round);
}
await compareQuality();
await print();

async function sizeOf(weights: WeightChoice): Promise<number> {
  if (weights === 'auto') {
    const { files } = await readStoredWeights(model);
    return files.reduce((sum, { byteLength }) => sum + byteLength, 0);
  }
  const started = performance.now();
  const { bytes, written } = await quantise(model, recipeOf(weights));
  if (written) note('quantising, s', weights, (performance.now() - started) / 1000);
  return bytes;
}

/** A process of its own, as memory is measured. */
async function measure(weights: WeightChoice, round: number): Promise<void> {
  process.stderr.write(`round ${round + 1}: ${weights}\n`);
  await warm(weights);
  const contender = await Contender.start('ours');
  const threads = availableParallelism();
  const { ms } = await contender.ask({ do: 'load', model, threads, weights });
  note('loading from a warm disk, ms', weights, ms);
  note('first caption, ms', weights, (await contender.ask(captionRequest(image))).ms);
  noteMemory('until the first caption', weights, contender);
  for (const measurement of measurements(image).filter(({ what }) => MEASURED.includes(what))) {
    for (let repetition = 0; repetition < repetitions; repetition++) {
      const run = round * repetitions + repetition;
      const { value } = await measurement.measure(contender, run);
      note(`${measurement.what}, ${measurement.unit}`, weights, value);
    }
  }
  noteMemory('until the end, with what is kept of texts', weights, contender);
  await contender.close();
}

/** The most that there was at once. */
function noteMemory(when: string, weights: WeightChoice, { peak }: Contender): void {
  for (const [what, field] of [
    ['private', 'anonymous'],
    ['mapped', 'mapped'],
    ['resident', 'resident'],
  ] as const) {
    note(`${what} memory ${when}, MiB`, weights, (peak?.[field] ?? Number.NaN) / 2 ** 20);
  }
}

/** Reads the file once, so that the disk has no part in the time. */
async function warm(weights: WeightChoice): Promise<void> {
  const files =
    weights === 'auto'
      ? (await readStoredWeights(model)).files.map(({ file }) => file)
      : [join(model, quantisedFile(weights))];
  for (const file of files) {
    if ((await stat(file)).size > 0) spawnSync('cat', [file], { stdio: ['ignore', 'ignore', 'inherit'] });
  }
}

/** Each precision says, in a process of its own, what it thinks of the tokens that the first one wrote. */
async function compareQuality(): Promise<void> {
  const folder = await mkdtemp(join(model, 'logits-'));
  const tokens = join(folder, 'tokens.json');
  const [reference = 'auto', ...others] = choices;
  const logits = (weights: WeightChoice) => join(folder, `${weights}.f32`);
  for (const weights of choices) {
    const script = join(import.meta.dirname, 'precision', 'write-logits.ts');
    const args = ['--import', 'tsx', script, model, weights, image, tokens, logits(weights)];
    const child = spawn(process.execPath, args, { stdio: 'inherit' });
    const kill = () => child.kill();
    process.prependOnceListener('exit', kill); // before its folder goes
    const [status] = await once(child, 'exit');
    process.off('exit', kill);
    if (status !== 0) throw new Error(`${script} ended with code ${status}.`);
  }
  const { vocabulary } = JSON.parse(await readFile(tokens, 'utf8')) as { vocabulary: number };
  const read = async (weights: WeightChoice) => new Float32Array((await readFile(logits(weights))).buffer);
  const expected = await read(reference);
  for (const weights of others) {
    const { mean, most, same, positions } = compareLogits(expected, await read(weights), vocabulary);
    note(`KL of the next token's distribution, mean of ${positions}, nats`, weights, mean);
    note('KL, largest, nats', weights, most);
    note('the same likeliest token, %', weights, 100 * same);
  }
}

function note(what: string, weights: WeightChoice, value: number): void {
  const row = rows.get(what) ?? new Map<WeightChoice, number[]>();
  rows.set(what, row.set(weights, [...(row.get(weights) ?? []), value]));
}

/** Medians, as a table that docs/performance.md takes. */
async function print(): Promise<void> {
  const head = ['', ...choices.map((weights) => (weights === 'auto' ? 'as stored' : weights))];
  const lines = [...rows].map(([what, row]) => [what, ...choices.map((weights) => shown(row.get(weights)))]);
  process.stdout.write(`\n${source}, ${availableParallelism()} threads, medians\n\n`);
  for (const cells of [head, head.map(() => '---'), ...lines]) {
    process.stdout.write(`| ${cells.join(' | ')} |\n`);
  }
  if (plot === undefined) return;
  const title = `${basename(source)} by what its weights are kept in`;
  await writeFile(plot, precisionPlot(title, { head, rows: lines }));
  process.stderr.write(`${plot}\n`);
}

function shown(measured: readonly number[] | undefined): string {
  if (measured === undefined) return '';
  const value = median(measured);
  return value >= 100 ? value.toFixed(0) : value.toPrecision(3);
}
