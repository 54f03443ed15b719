// How many answers about fresh scenes are right: `npm run bench -- scenes --model emoji --scenes 2000`.
import { join } from 'node:path';
import { Command } from 'commander';
import { configure, openModel, parseCount } from '../src/cli/model-options.ts';
import { UsageError } from '../src/usage-error.ts';
import { examine, examinePhotos, examineStickers, type Marked, type Tally } from '../test/scenes/examine.ts';
import { readThings, type Thing } from '../test/scenes/things.ts';
import { begin } from './begin.ts';
import { openArtist } from './open-artist.ts';

interface Options {
  readonly model: string;
  readonly artists: string;
  readonly artwork: string;
  readonly scenes: number;
  readonly photos: number;
  readonly seed: number;
  readonly things?: string;
}

begin();
const root = join(import.meta.dirname, '..');
const { model, artists, artwork, scenes, photos, seed, things } = new Command('scenes')
  .description('how many answers about fresh scenes are right')
  .option('--model <model>', 'a name under models/ or a folder that holds a BLIP-2 checkpoint', 'emoji')
  .option('--artists <sets>', "Iconify's emoji sets, with commas between", 'twemoji')
  .option('--artwork <folder>', 'whose node_modules hold the sets', root)
  .option('--scenes <count>', 'for each artist', parseCount, 2000)
  .option('--photos <count>', 'pictures that are no scenes', parseCount, 500)
  .option('--seed <number>', 'another one gives other scenes', parseCount, 20_260_101)
  .option('--things <names>', 'only these, with commas between: for a model that knows fewer')
  .parse()
  .opts<Options>();

const known = chooseThings(things);
const backend = await openModel(configure({ model }, { folder: process.cwd() }));
const columns: [string, Tally][] = [];
const answers: Marked[] = [];
for (const name of artists.split(',')) {
  const artist = openArtist(name, artwork);
  const onScene = (done: number) => progress(`${name}: ${done} of ${scenes} scenes`, done === scenes);
  const onAnswer = (answer: Marked) => void answers.push(answer);
  const source = { artist, things: known, scenes, seed };
  const tally = await examine(backend, { ...source, onScene, onAnswer });
  const ofStickers = await examineStickers(backend, { ...source, scenes: Math.min(scenes, 500) });
  columns.push([name, new Map([...tally, ...ofStickers])]);
}
columns.push(['photos', await examinePhotos(backend, photos, seed)]);
await backend.close();
printTallies(columns);
printConfidence(answers);

function chooseThings(names: string | undefined): Thing[] {
  const all = readThings();
  if (names === undefined) return all;
  return names.split(',').map((name) => {
    const thing = all.find((one) => one.name === name);
    if (thing === undefined)
      throw new UsageError(`There is no "${name}" in models/emoji/training/concepts.tsv.`);
    return thing;
  });
}

function progress(text: string, last: boolean): void {
  if (process.stderr.isTTY) process.stderr.write(`\r${text}${last ? '\n' : ''}`);
}

/** Per cent right, and of how many. */
function printTallies(tallies: readonly [string, Tally][]): void {
  const kinds = [...new Set(tallies.flatMap(([, tally]) => [...tally.keys()]))];
  const width = Math.max(...kinds.map((kind) => kind.length));
  process.stdout.write(`\n${''.padEnd(width)}${tallies.map(([name]) => name.padStart(20)).join('')}\n`);
  for (const kind of kinds) {
    const cells = tallies.map(([, tally]) => {
      const row = tally.get(kind);
      return (row === undefined ? '' : `${((row.right / row.of) * 100).toFixed(1)} % of ${row.of}`).padStart(
        20,
      );
    });
    process.stdout.write(`${kind.padEnd(width)}${cells.join('')}\n`);
  }
}

/** By how sure the model must be: which share of its right and of its wrong answers it is less sure of. */
function printConfidence(marked: readonly Marked[]): void {
  const right = marked.filter(({ isRight }) => isRight);
  const wrong = marked.filter(({ isRight }) => !isRight);
  process.stdout.write(
    `\nless sure than   right (${right.length})   wrong (${wrong.length})   right of those\n`,
  );
  for (const bound of [0.5, 0.55, 0.6, 0.65, 0.7, 0.75, 0.8, 0.85, 0.9, 0.95, 0.99]) {
    const below = (group: readonly Marked[]) => group.filter(({ confidence }) => confidence < bound).length;
    const shares = [
      below(right) / right.length,
      below(wrong) / wrong.length,
      below(right) / (below(right) + below(wrong)),
    ];
    const cells = shares.map((share) => percent(share).padStart(15));
    process.stdout.write(`${String(bound).padEnd(12)}${cells.join('')}\n`);
  }
}

/** A dash for a share of nothing. */
function percent(share: number): string {
  return Number.isNaN(share) ? '–' : `${(share * 100).toFixed(1)} %`;
}
