// Fresh scenes as pictures and questions for `blipcord eval`: `npm run scenes -- --out ../scenes --scenes 300`.
import { join, resolve } from 'node:path';
import { Command } from 'commander';
import { parseCount } from '../src/cli/model-options.ts';
import { thingsKnownTo } from '../test/scenes/things.ts';
import { writeScenes } from '../test/scenes/write-scenes.ts';
import { begin } from './begin.ts';
import { checkpointFolder } from './command-line.ts';
import { openArtist } from './open-artist.ts';
import { embedded } from './subject.ts';

interface Options {
  readonly out: string;
  readonly model: string;
  readonly artist: string;
  readonly artwork: string;
  readonly scenes: number;
  readonly seed: number;
}

begin();
const root = join(import.meta.dirname, '..');
const { out, model, artist, artwork, scenes, seed } = new Command('scenes')
  .description('write fresh scenes, which no training saw, with questions and right answers')
  .requiredOption('--out <folder>', 'takes the pictures and dialogues.json')
  .option('--model <folder>', 'the checkpoint whose things are shown', embedded)
  .option('--artist <set>', "one of Iconify's emoji sets", 'twemoji')
  .option('--artwork <folder>', 'whose node_modules hold the set', root)
  .option('--scenes <count>', 'how many', parseCount, 300)
  .option('--seed <number>', 'another one gives other scenes', parseCount, 20_260_101)
  .parse()
  .opts<Options>();

const { file, count } = await writeScenes(resolve(out), {
  artist: openArtist(artist, artwork),
  things: thingsKnownTo(checkpointFolder(model)),
  scenes,
  seed,
});
process.stdout.write(`${scenes} pictures and ${count} questions and captions are in ${file}\n`);
