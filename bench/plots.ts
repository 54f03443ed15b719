// Draws the tables of docs/performance.md: `npm run bench -- plots`. The document holds what was measured, so that a
// table that is measured anew is drawn anew from there.
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { begin } from './begin.ts';
import { drawPlots } from './plots/draw-plots.ts';

begin();
parseArgs(); // takes no options

const docs = join(import.meta.dirname, '..', 'docs');
const folder = join(docs, 'performance');

await mkdir(folder, { recursive: true });
for (const { file, svg } of drawPlots(await readFile(join(docs, 'performance.md'), 'utf8'))) {
  await writeFile(join(folder, file), svg);
  process.stdout.write(`docs/performance/${file}\n`);
}
