// What fewer bits cost in right answers: `npm run bench -- quality --out ../quality` asks about the same fresh scenes in
// each precision, and prints a table that docs/performance.md takes. It goes on where it was ended.
import { spawnSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, statSync } from 'node:fs';
import { basename, join, resolve } from 'node:path';
import { Command } from 'commander';
import type { WeightChoice } from '../models/backend.ts';
import { makeRecipe } from '../models/quantise/parts.ts';
import { weightChoices } from '../models/weight-choices.ts';
import { parseCount } from '../src/cli/model-options.ts';
import type { Row } from '../src/eval/report.ts';
import { UsageError } from '../src/usage-error.ts';
import { thingsKnownTo } from '../test/scenes/things.ts';
import { writeScenes } from '../test/scenes/write-scenes.ts';
import { begin } from './begin.ts';
import { checkpointFolder } from './command-line.ts';
import { openArtist } from './open-artist.ts';
import { checkMadeWith, keepMadeWith, type MadeWith } from './quality/made-with.ts';
import { quantise } from './quantise.ts';
import { embedded } from './subject.ts';

interface Options extends MadeWith {
  readonly out: string;
}

begin();
const root = join(import.meta.dirname, '..');
const options = new Command('quality')
  .description('how many answers about fresh scenes are right in each precision')
  .requiredOption('--out <folder>', 'takes the scenes, a copy of the model and the answers')
  .option('--model <folder>', 'a checkpoint of models/emoji/training', embedded)
  .option('--artist <set>', "one of Iconify's emoji sets", 'twemoji')
  .option('--artwork <folder>', 'whose node_modules hold the set', root)
  .option('--scenes <count>', 'how many', parseCount, 500)
  .parse()
  .opts<Options>();
const out = resolve(options.out);
const source = checkpointFolder(options.model);
/** A copy, beside which lie the weights in fewer bits. */
const model = join(out, basename(source));
const SHOWN = ['accuracy', 'BLEU-4', 'CIDEr-D'];

if (existsSync(out) && !statSync(out).isDirectory()) {
  throw new UsageError(`${out} is a file. Name a folder with --out.`);
}
const list = join(out, 'dialogues.json');
const { artist, scenes } = options;
const madeWith = { model: source, artist, artwork: resolve(options.artwork), scenes };
if (existsSync(list)) await checkMadeWith(out, madeWith);
else await paint();
cpSync(source, model, {
  recursive: true,
  preserveTimestamps: true, // else all is quantised again where it goes on
  filter: (path) => !/training$|\.\w+\.safetensors/.test(path),
});
const columns: Row[][] = [];
for (const weights of weightChoices) {
  if (weights !== 'auto') await quantise(model, makeRecipe(weights, []));
  columns.push(evaluate(weights));
}
print(columns);

async function paint(): Promise<void> {
  const shown = { artist: openArtist(artist, madeWith.artwork), things: thingsKnownTo(source) };
  mkdirSync(out, { recursive: true });
  await keepMadeWith(out, madeWith);
  await writeScenes(out, { ...shown, scenes, seed: 20_260_101 });
}

function evaluate(weights: WeightChoice): Row[] {
  process.stderr.write(`${weights}\n`);
  const answers = (of: WeightChoice) => join(out, `${of}.jsonl`);
  const compare = weights === 'auto' ? [] : ['--compare', answers('auto')];
  const args = [
    'eval',
    list,
    '--model',
    model,
    '--weights',
    weights,
    '--out',
    answers(weights),
    '--json',
    ...compare,
  ];
  const { status, stdout } = spawnSync(
    process.execPath,
    ['--import', 'tsx', join(root, 'src', 'cli.ts'), ...args],
    { stdio: ['ignore', 'pipe', 'inherit'], encoding: 'utf8' },
  );
  if (status !== 0) process.exit(status ?? 1); // it has said why
  return JSON.parse(stdout).rows;
}

/** Scores in each precision, then by how much each differs from the stored weights. */
function print([stored = [], ...others]: readonly Row[][]): void {
  const line = (cells: readonly string[]) => process.stdout.write(`| ${cells.join(' | ')} |\n`);
  line(['', 'asked', 'as stored', ...weightChoices.slice(1)]);
  line(['', ...weightChoices, ''].map(() => '---'));
  for (const row of stored.filter(({ score }) => SHOWN.includes(score))) {
    const values = [stored, ...others].map(
      (rows) => rows.find((one) => isSame(one, row))?.value ?? Number.NaN,
    );
    line([`${row.score}, ${row.what}`, String(row.items), ...values.map((value) => value.toFixed(1))]);
  }
  const losses = (others[0] ?? []).filter(
    ({ group, score }) => group === 'compared' && SHOWN.includes(score),
  );
  for (const row of losses) {
    const cells = others.map((rows) => difference(rows.find((one) => isSame(one, row)) ?? row));
    line([`${row.score}, difference and its 95 % interval`, String(row.items), '', ...cells]);
  }
}

function isSame(one: Row, other: Row): boolean {
  return one.group === other.group && one.score === other.score && one.what === other.what;
}

function difference({ value, low = Number.NaN, high = Number.NaN }: Row): string {
  const [middle, from, to] = [value, low, high].map((number) => number.toFixed(1).replace(/^-(0\.0)$/, '$1'));
  return `${middle} (${from} to ${to})`;
}
