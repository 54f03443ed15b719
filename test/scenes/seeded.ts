// What the tests of scenes share: the things, Twemoji's artist, whom people see on Discord, and scenes from a seed.
import { fileURLToPath } from 'node:url';
import { seededRandom } from '../conversation/random.ts';
import { Artist } from './paint.ts';
import { composeScene, type PlacedThing, type Scene } from './scene.ts';
import { readThings, type Thing } from './things.ts';

export const root = fileURLToPath(new URL('../../', import.meta.url));
export const things = readThings();
export const artist = new Artist('twemoji', root);

export function named(name: string): Thing {
  const thing = things.find((one) => one.name === name);
  if (thing === undefined) throw new Error(`No thing is called ${name}.`);
  return thing;
}

export function at(name: string, x: number, y: number, size = 0.3): PlacedThing {
  const thing = named(name);
  return { thing, emoji: thing.emoji[0] ?? '', x, y, size };
}

export async function draw(seed: number): Promise<{ scene: Scene; picture: Buffer }> {
  const random = seededRandom(seed);
  const scene = composeScene(random, things);
  return { scene, picture: await artist.paint(scene, random) };
}
