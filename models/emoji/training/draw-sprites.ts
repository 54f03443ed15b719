// Draws every concept in every emoji set, once: `node --import tsx draw-sprites.ts FOLDER`, where FOLDER/node_modules
// holds the sets. Writes FOLDER/art/<set>.raw, (drawings, 144, 144, 4) bytes, and FOLDER/art/index.json, a row each.
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { drawIcon, findIcon, loadIconSet } from './draw-icon.ts';

const SIZE = 144;
const folder = process.argv[2] ?? '.';
const read = (name: string) => readFileSync(join(import.meta.dirname, name), 'utf8');
const { trained, heldOut, aliases } = JSON.parse(read('artwork.json'));
const concepts = read('concepts.tsv')
  .split('\n')
  .filter((line) => line && !line.startsWith('#'));

const rows: { concept: number; set: string; icon: string; rank: number; at: number }[] = [];
mkdirSync(join(folder, 'art'), { recursive: true });
for (const set of [...Object.keys(trained), ...Object.keys(heldOut)]) {
  const icons = loadIconSet(set, join(folder, 'package.json'));
  const drawings: Buffer[] = [];
  for (const [concept, line] of concepts.entries()) {
    for (const [rank, emoji] of (line.split('\t')[4] ?? '').split(' ').entries()) {
      for (const name of namesIn(set, emoji)) {
        const icon = findIcon(icons, name);
        if (icon === undefined) continue;
        rows.push({ concept, set, icon: name, rank, at: drawings.length });
        drawings.push(await drawIcon(icons, icon, SIZE));
      }
    }
  }
  writeFileSync(join(folder, 'art', `${set}.raw`), Buffer.concat(drawings));
  process.stdout.write(`${set}: ${drawings.length} drawings\n`);
}
writeFileSync(join(folder, 'art', 'index.json'), JSON.stringify(rows));

/** Some sets join words, some number their drawings of one emoji. */
function namesIn(set: string, emoji: string): string[] {
  const own = aliases[set]?.[emoji];
  if (own !== undefined) return [own];
  if (set === 'fxemoji') return [emoji.replaceAll('-', '')];
  if (set !== 'streamline-emojis') return [emoji];
  const bases = [emoji, `${emoji}-face`];
  return bases.flatMap((base) => [base, `${base}-1`, `${base}-2`, `${base}-3`]);
}
