// Draws every concept in every set of emoji and icons, once: `node --import tsx draw-sprites.ts FOLDER`, where
// FOLDER/node_modules holds the sets. Writes FOLDER/art/<set>.raw, (drawings, 112, 112, 4) bytes, and
// FOLDER/art/index.json, a row each.
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { drawIcon, drawPicture, findIcon, type Icon, loadIconSet } from './draw-icon.ts';

type Draw = (name: string) => Promise<Buffer> | undefined;

interface IconsOfSet {
  readonly tones?: Readonly<Record<string, string>>;
  readonly ground?: boolean;
  readonly drawings: Readonly<Record<string, string>>;
}

const SIZE = 112;
/** How art of a set with tones is written: each pixel's share of them as its red, green and blue. */
const CODES: Readonly<Record<string, string>> = { base: '#f00', second: '#0f0', line: '#00f' };

const folder = process.argv[2] ?? '.';
const from = join(folder, 'package.json');
const read = (name: string) => readFileSync(join(import.meta.dirname, name), 'utf8');
const { trained, heldOut, pictures, aliases } = JSON.parse(read('artwork.json'));
const icons: Readonly<Record<string, IconsOfSet>> = JSON.parse(read('icons.json'));
const concepts = read('concepts.tsv')
  .split('\n')
  .filter((line) => line && !line.startsWith('#'))
  .map((line) => line.split('\t'));

const rows: { concept: number; set: string; icon: string; rank: number; at: number }[] = [];
mkdirSync(join(folder, 'art'), { recursive: true });
for (const set of [...Object.keys(trained), ...Object.keys(heldOut)]) {
  const draw = pictures[set] === undefined ? drawsOfIconSet(set) : drawsOfPictures(pictures[set]);
  await drawSet(set, draw, (columns) => (columns[4] ?? '').split(' ').map((emoji) => namesIn(set, emoji)));
}
for (const [set, { drawings, ...how }] of Object.entries(icons)) {
  await drawSet(set, drawsOfIconSet(set, how), ([concept = '']) =>
    (drawings[concept] ?? '').split(' ').map((name) => [name]),
  );
}
writeFileSync(join(folder, 'art', 'index.json'), JSON.stringify(rows));

/** @param namesOf the names of a concept's drawings, of each rank: the most usual first */
async function drawSet(set: string, draw: Draw, namesOf: (columns: string[]) => string[][]) {
  const drawings: Buffer[] = [];
  for (const [concept, columns] of concepts.entries()) {
    for (const [rank, names] of namesOf(columns).entries()) {
      for (const name of names) {
        const drawing = await draw(name);
        if (drawing === undefined) continue;
        rows.push({ concept, set, icon: name, rank, at: drawings.length });
        drawings.push(drawing);
      }
    }
  }
  writeFileSync(join(folder, 'art', `${set}.raw`), Buffer.concat(drawings));
  process.stdout.write(`${set}: ${drawings.length} drawings\n`);
}

function drawsOfIconSet(name: string, how: Omit<IconsOfSet, 'drawings'> = {}): Draw {
  const set = loadIconSet(name, from);
  return (icon) => {
    const found = findIcon(set, icon);
    return found && drawIcon(set, { ...found, body: bodyOf(found, how) }, SIZE);
  };
}

/** Without the disc that some sets draw everything on, and in the tones' codes. */
function bodyOf({ body }: Icon, { ground, tones = {} }: Omit<IconsOfSet, 'drawings'>): string {
  const free = ground ? body.replace(/<(path|circle)\b[^>]*\/>/, '') : body;
  return free.replace(/currentColor|#[0-9a-f]{6}\b|#[0-9a-f]{3}\b/gi, (colour) => {
    const tone = tones[colour.toLowerCase()];
    return CODES[tone ?? ''] ?? colour;
  });
}

/** A package of pictures that are named by code points: Noto says which emoji those are. */
function drawsOfPictures(assets: string): Draw {
  const require = createRequire(from);
  const chars: Record<string, string> = require('@iconify-json/noto/chars.json');
  const codes = new Map(Object.entries(chars).map(([code, name]) => [name, code]));
  const home = dirname(require.resolve(`${assets.split('/').slice(0, 2).join('/')}/package.json`));
  const at = join(home, ...assets.split('/').slice(2));
  return (name) => {
    const files = ['', '-fe0f'].map((end) => join(at, `${codes.get(name)}${end}.webp`));
    const file = files.find((path) => existsSync(path));
    return file === undefined ? undefined : drawPicture(file, SIZE);
  };
}

/** Some sets join words, some number their drawings of one emoji. */
function namesIn(set: string, emoji: string): string[] {
  const own = aliases[set]?.[emoji];
  if (own !== undefined) return [own];
  if (set === 'fxemoji') return [emoji.replaceAll('-', '')];
  if (set !== 'streamline-emojis') return [emoji];
  const bases = [emoji, `${emoji}-face`];
  return bases.flatMap((base) => [base, `${base}-1`, `${base}-2`, `${base}-3`]);
}
