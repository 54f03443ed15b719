// How many answers about fresh scenes are right: `npm run bench -- scenes --model emoji --scenes 2000`.
import { join } from 'node:path';
import { Command } from 'commander';
import { configure, openModel, parseCount } from '../src/cli/model-options.ts';
import { examine, examinePhotos, type Tally } from '../test/scenes/examine.ts';
import { Artist } from '../test/scenes/paint.ts';
import { readThings, type Thing } from '../test/scenes/things.ts';

interface Options {
  readonly model: string;
  readonly artists: string;
  readonly artwork: string;
  readonly scenes: number;
  readonly photos: number;
  readonly seed: number;
  readonly things?: string;
}

const root = join(import.meta.dirname, '..');
const { model, artists, artwork, scenes, photos, seed, things } = new Command('scenes')
  .description('how many answers about fresh scenes are right')
  .option('--model <model>', 'a name under models/ or a folder that holds a BLIP-2 checkpoint', 'emoji')
  .option('--artists <sets>', "Iconify's emoji sets, with commas between", 'twemoji')
  .option('--artwork <folder>', 'whose node_modules hold the sets', root)
  .option('--scenes <count>', 'for each artist', parseCount, 2000)
  .option('--photos <count>', 'photographs that are no scenes', parseCount, 200)
  .option('--seed <number>', 'another one gives other scenes', parseCount, 20_260_101)
  .option('--things <names>', 'only these, with commas between: for a model that knows fewer')
  .parse()
  .opts<Options>();

const known = chooseThings(things);
const backend = await openModel(configure({ model }, { folder: process.cwd() }));
const columns: [string, Tally][] = [];
for (const name of artists.split(',')) {
  const artist = new Artist(name, join(artwork, 'package.json'));
  const onScene = (done: number) => progress(`${name}: ${done} of ${scenes} scenes`, done === scenes);
  columns.push([name, await examine(backend, { artist, things: known, scenes, seed, onScene })]);
}
columns.push(['photos', await examinePhotos(backend, photos, seed)]);
await backend.close();
printTallies(columns);

function chooseThings(names: string | undefined): Thing[] {
  const all = readThings();
  if (names === undefined) return all;
  return names.split(',').map((name) => {
    const thing = all.find((one) => one.name === name);
    if (thing === undefined) throw new Error(`There is no "${name}" in models/emoji/training/concepts.tsv.`);
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
